//! mizzle: on a held client, and on its pool.

use super::Statements;
use crate::Result;
use crate::gigstream::{self, WorkerId, WorkerPage};
use crate::tables::{Account, Filter, NewScore, NewSignup, Post, Reading, Score, Signup, TOGETHER, User};
use mizzle::batch::optional;
use mizzle::prelude::*;

/// The statements, on a [`Client`] or a [`Db`].
pub struct On<E>(E);

pub async fn held(url: &str) -> Result<On<Client>> {
    Ok(On(Client::connect(url).await?))
}

pub async fn pooled(url: &str) -> Result<On<Db>> {
    Ok(On(Db::connect(url).await?))
}

/// What begins a transaction.
trait Begin: Executor {
    async fn updates(&mut self, ids: &[i64; TOGETHER]) -> Result<u64>;
}

impl Begin for Client {
    async fn updates(&mut self, ids: &[i64; TOGETHER]) -> Result<u64> {
        Ok(self.transaction(async |tx| updates(tx, ids).await).await?)
    }
}

impl Begin for Db {
    async fn updates(&mut self, ids: &[i64; TOGETHER]) -> Result<u64> {
        Ok(self.transaction(async |tx| updates(tx, ids).await).await?)
    }
}

async fn updates(tx: &Tx, ids: &[i64; TOGETHER]) -> Result<u64, mizzle::Error> {
    let mut updated = 0;
    for id in ids {
        updated += update(Score).set(Score.score, Score.score + 1).find(id).execute(tx).await?;
    }
    Ok(updated)
}

impl<E: Begin> Statements for On<E> {
    async fn find(&self, id: i64) -> Result<Option<User>> {
        Ok(select(User).find(id).optional(&self.0).await?)
    }

    async fn users(&self) -> Result<Vec<User>> {
        Ok(select(User).all(&self.0).await?)
    }

    async fn accounts(&self) -> Result<Vec<Account>> {
        Ok(select(Account).all(&self.0).await?)
    }

    async fn users_with_posts(&self) -> Result<Vec<(User, Option<Post>)>> {
        Ok(select((User, Post)).from(User).left_join(Post, Post.user_id.eq(User.id)).all(&self.0).await?)
    }

    async fn insert_one(&self, row: &NewSignup) -> Result<i64> {
        let insert = insert(Signup).set(Signup.name, &row.name).set(Signup.email, &row.email);
        Ok(insert.returning(Signup.id).one(&self.0).await?)
    }

    async fn insert_many(&self, rows: &[NewSignup]) -> Result<u64> {
        Ok(insert(Signup).rows(rows).execute(&self.0).await?)
    }

    async fn filtered(&self, filter: Filter<'_>) -> Result<Vec<Account>> {
        Ok(select(Account)
            .filter(filter.owner.map(|owner| Account.owner.eq(owner)))
            .filter(filter.min_score.map(|score| Account.score.gte(score)))
            .filter(filter.active.map(|active| Account.active.eq(active)))
            .order_by(Account.id)
            .limit(10)
            .all(&self.0)
            .await?)
    }

    async fn update_in_transaction(&mut self, ids: &[i64; TOGETHER]) -> Result<u64> {
        self.0.updates(ids).await
    }

    async fn find_batch(&self, ids: &[i64; TOGETHER]) -> Result<Vec<Option<User>>> {
        let finds: Vec<_> = ids.iter().map(|id| optional(select(User).find(id))).collect();
        Ok(self.0.batch(finds).await?)
    }

    async fn upsert(&self, rows: &[NewScore]) -> Result<u64> {
        let upsert = insert(Score).rows(rows).on_conflict(Score.id).do_update((Score.name, Score.score));
        Ok(upsert.execute(&self.0).await?)
    }

    async fn update_many(&self, rows: &[NewScore]) -> Result<u64> {
        Ok(update(Score).rows(rows).execute(&self.0).await?)
    }

    async fn stream(&self, mut each: impl FnMut(Reading)) -> Result<()> {
        let mut readings = select(Reading).stream(&self.0);
        while let Some(reading) = readings.next().await {
            each(reading?);
        }
        Ok(())
    }

    async fn worker_page(&self, id: WorkerId) -> Result<Option<WorkerPage>> {
        Ok(gigstream::page(&self.0, id).await?)
    }
}
