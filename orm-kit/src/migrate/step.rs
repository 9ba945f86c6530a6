//! Functions of the program that a migration runs: what they are asked for, batch by batch, and what they answer.

use orm_postgres::Tx;
use std::fmt;
use std::pin::Pin;

/// A function of the program that moves data, and that a migration runs by its name; [`steps!`](crate::steps) makes it.
///
/// The migration says where, on a line of its own: `-- mizzle: step usernames of public.users`. The table need not be named;
/// its estimated rows are what progress counts to.
///
/// Each batch is a transaction, and the journal's note of where it ended is a part of that. So each happens once, whoever
/// is killed, and the next run goes on behind the last one.
///
/// ```
/// # mod schema {
/// #     use mizzle::prelude::*;
/// #     #[derive(Table)]
/// #     #[orm(table = "users")]
/// #     pub struct User {
/// #         #[orm(primary_key)]
/// #         pub id: i32,
/// #         pub email: String,
/// #         pub username: Option<String>,
/// #     }
/// # }
/// # use schema::User;
/// use mizzle::prelude::*;
/// use orm_kit::migrate::{Batch, Migrator, Moved, Step};
/// use orm_kit::migration::{Migration, Migrations};
///
/// /// Everyone is called by the first part of their address.
/// async fn usernames(tx: &Tx, batch: Batch) -> Result<Moved, mizzle::Error> {
///     let users = select((User.id, User.email)).from(User).keyset(User.id, batch.rows);
///     let page = users.after(batch.after.as_deref()).page(tx).await?;
///     for (id, email) in &page.rows {
///         let name = email.split('@').next().unwrap_or_default();
///         update(User).set(User.username, name).filter(User.id.eq(*id)).execute(tx).await?;
///     }
///     Ok(Moved::page(&page))
/// }
///
/// const STEPS: &[Step] = orm_kit::steps![usernames];
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let database = orm_testing::TestDb::new().await?;
/// let sql = "
///     create table users (id int primary key, email text not null, username text);
///     insert into users values (1, 'ada@example.com');
///     -- mizzle: step usernames of public.users
///     alter table users alter column username set not null;
/// ";
/// let migrations = Migrations::new(vec![Migration::new("20261101120000_users", sql, None, &[])])?;
/// Migrator::new(database.url()).migrations(migrations).steps(STEPS).run(&mut ()).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy)]
pub struct Step {
    name: &'static str,
    run: Run,
}

/// Such a function, its future on the heap.
type Run = for<'a> fn(&'a Tx, Batch) -> Running<'a>;

#[doc(hidden)]
pub type Running<'a> =
    Pin<Box<dyn Future<Output = Result<Moved, Box<dyn std::error::Error + Send + Sync>>> + Send + 'a>>;

/// What the next batch of a [`Step`] is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// What the one before gave as [`Moved::next`]; nothing for the first.
    pub after: Option<String>,
    /// About how many rows it should have, so that they are locked for a fifth of a second.
    pub rows: u32,
}

/// What a batch of a [`Step`] did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// How many rows it moved.
    pub rows: u64,
    /// Where the next one begins, such as a page's token; nothing if this was the last.
    pub next: Option<String>,
}

impl Moved {
    /// All rows of a page, of which there may be another.
    pub fn page<T>(page: &orm_core::select::Page<T>) -> Self {
        Moved { rows: u64::try_from(page.rows.len()).unwrap_or(u64::MAX), next: page.next.clone() }
    }
}

impl Step {
    #[doc(hidden)]
    pub const fn new(path: &'static str, run: Run) -> Self {
        let bytes = path.as_bytes();
        let mut at = bytes.len();
        while let Some((last, _)) = bytes.split_at(at).0.split_last() {
            if !last.is_ascii_alphanumeric() && *last != b'_' && last.is_ascii() {
                break;
            }
            at -= 1;
        }
        Step { name: path.split_at(at).1, run }
    }

    /// The name of the function, which a migration calls it by.
    pub fn name(&self) -> &'static str {
        self.name
    }

    pub(super) fn run<'a>(&self, tx: &'a Tx, batch: Batch) -> Running<'a> {
        (self.run)(tx, batch)
    }
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Step").field(&self.name).finish()
    }
}

/// The functions that migrations run, as [`Step`](crate::migrate::Step)s that are called as they are.
///
/// Each is an `async fn(&Tx, Batch) -> Result<Moved, E>`, and its error anything that is an error.
///
/// ```
/// # use orm_kit::migrate::Step;
/// mod moves {
/// #   use orm_kit::migrate::{Batch, Moved};
///     pub async fn usernames(tx: &mizzle::Tx, batch: Batch) -> Result<Moved, mizzle::Error> {
///         // ..
/// #       let _ = (tx, batch);
/// #       Ok(Moved { rows: 0, next: None })
///     }
/// }
///
/// const STEPS: &[Step] = orm_kit::steps![moves::usernames];
/// assert_eq!(STEPS[0].name(), "usernames");
/// ```
#[macro_export]
macro_rules! steps {
    ($($step:path),* $(,)?) => {
        &[$($crate::migrate::Step::new(::core::stringify!($step), |tx, batch| {
            ::std::boxed::Box::pin(async move {
                $step(tx, batch).await.map_err(::core::convert::Into::into)
            })
        })),*]
    };
}
