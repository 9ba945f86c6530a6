//! tokio-postgres by hand: one connection, statements prepared beforehand.

use super::{Statements, by_hand, page};
use crate::Result;
use crate::gigstream::{WorkerId, WorkerPage};
use crate::tables::{Account, Filter, NewScore, NewSignup, Post, Reading, TOGETHER, User};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls, Row, Statement};

pub const FIND: &str = "select id, name, email from users where id = $1";
pub const USERS: &str = "select id, name, email from users";
pub const ACCOUNTS: &str = "select id, owner, iban, score, active, balance, notes, created_at from accounts";
pub const USERS_WITH_POSTS: &str = "select u.id, u.name, u.email, p.id, p.user_id, p.title \
    from users u left join posts p on p.user_id = u.id";
pub const INSERT_ONE: &str = "insert into signups (name, email) values ($1, $2) returning id";
pub const INSERT_MANY: &str =
    "insert into signups (name, email) select * from unnest($1::text[], $2::text[])";

pub struct Prepared {
    client: Client,
    find: Statement,
    users: Statement,
    accounts: Statement,
    users_with_posts: Statement,
    insert_one: Statement,
    insert_many: Statement,
    /// By their text.
    filters: Mutex<HashMap<String, Statement>>,
    update: Statement,
    upsert: Statement,
    update_many: Statement,
    readings: Statement,
    worker: Statement,
    tasks: Statement,
    transactions: Statement,
    loans: Statement,
}

impl Prepared {
    async fn filter(&self, text: String) -> Result<Statement> {
        let lock = || self.filters.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(statement) = lock().get(&text) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(&text).await?;
        lock().insert(text, statement.clone());
        Ok(statement)
    }
}

impl Prepared {
    pub async fn connect(url: &str) -> Result<Self> {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
        tokio::spawn(connection);
        Ok(Prepared {
            find: client.prepare(FIND).await?,
            users: client.prepare(USERS).await?,
            accounts: client.prepare(ACCOUNTS).await?,
            users_with_posts: client.prepare(USERS_WITH_POSTS).await?,
            insert_one: client.prepare(INSERT_ONE).await?,
            insert_many: client.prepare(INSERT_MANY).await?,
            filters: Mutex::default(),
            update: client.prepare(by_hand::UPDATE).await?,
            upsert: client.prepare(by_hand::UPSERT).await?,
            update_many: client.prepare(by_hand::UPDATE_MANY).await?,
            readings: client.prepare(by_hand::READINGS).await?,
            worker: client.prepare(page::WORKER).await?,
            tasks: client.prepare(page::TASK).await?,
            transactions: client.prepare(page::TRANSACTION).await?,
            loans: client.prepare(page::LOAN).await?,
            client,
        })
    }
}

impl Statements for Prepared {
    async fn find(&self, id: i64) -> Result<Option<User>> {
        let row = self.client.query_opt(&self.find, &[&id]).await?;
        Ok(row.as_ref().map(user))
    }

    async fn users(&self) -> Result<Vec<User>> {
        Ok(self.client.query(&self.users, &[]).await?.iter().map(user).collect())
    }

    async fn accounts(&self) -> Result<Vec<Account>> {
        Ok(self.client.query(&self.accounts, &[]).await?.iter().map(account).collect())
    }

    async fn users_with_posts(&self) -> Result<Vec<(User, Option<Post>)>> {
        Ok(self.client.query(&self.users_with_posts, &[]).await?.iter().map(user_with_post).collect())
    }

    async fn insert_one(&self, row: &NewSignup) -> Result<i64> {
        Ok(self.client.query_one(&self.insert_one, &[&row.name, &row.email]).await?.get(0))
    }

    async fn insert_many(&self, rows: &[NewSignup]) -> Result<u64> {
        let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        let emails: Vec<Option<&str>> = rows.iter().map(|row| row.email.as_deref()).collect();
        Ok(self.client.execute(&self.insert_many, &[&names, &emails]).await?)
    }

    async fn filtered(&self, filter: Filter<'_>) -> Result<Vec<Account>> {
        let (text, parameters) = by_hand::filter_text(&filter);
        by_hand::accounts(&self.client, &self.filter(text).await?, &parameters).await
    }

    async fn update_in_transaction(&mut self, ids: &[i64; TOGETHER]) -> Result<u64> {
        by_hand::updates(self.client.transaction().await?, &self.update, ids).await
    }

    async fn find_batch(&self, ids: &[i64; TOGETHER]) -> Result<Vec<Option<User>>> {
        by_hand::find_batch(&self.client, &self.find, ids).await
    }

    async fn upsert(&self, rows: &[NewScore]) -> Result<u64> {
        by_hand::write_scores(&self.client, &self.upsert, rows).await
    }

    async fn update_many(&self, rows: &[NewScore]) -> Result<u64> {
        by_hand::write_scores(&self.client, &self.update_many, rows).await
    }

    async fn stream(&self, each: impl FnMut(Reading)) -> Result<()> {
        by_hand::stream(&self.client, &self.readings, each).await
    }

    async fn worker_page(&self, id: WorkerId) -> Result<Option<WorkerPage>> {
        let client = &self.client;
        let Some(profile) = client.query_opt(&self.worker, &[&id.0]).await? else { return Ok(None) };
        let profile = page::worker(&profile)?;
        let of_worker: [&(dyn ToSql + Sync); 1] = [&id.0];
        let open: [&(dyn ToSql + Sync); 2] = [&id.0, &page::OPEN];
        let (tasks, transactions, loans) = tokio::try_join!(
            client.query(&self.tasks, &of_worker),
            client.query(&self.transactions, &of_worker),
            client.query(&self.loans, &open),
        )?;
        Ok(Some(WorkerPage {
            profile,
            tasks: tasks.iter().map(page::task).collect::<Result<_>>()?,
            transactions: transactions.iter().map(page::transaction).collect::<Result<_>>()?,
            loans: loans.iter().map(page::loan).collect::<Result<_>>()?,
        }))
    }
}

pub fn user(row: &Row) -> User {
    User { id: row.get(0), name: row.get(1), email: row.get(2) }
}

pub fn account(row: &Row) -> Account {
    Account {
        id: row.get(0),
        owner: row.get(1),
        iban: row.get(2),
        score: row.get(3),
        active: row.get(4),
        balance: row.get(5),
        notes: row.get(6),
        created_at: row.get(7),
    }
}

pub fn user_with_post(row: &Row) -> (User, Option<Post>) {
    let post = row.get::<_, Option<i64>>(3).map(|id| Post { id, user_id: row.get(4), title: row.get(5) });
    (user(row), post)
}
