//! deadpool-postgres: a connection out of the pool and `prepare_cached` for each statement.

use super::tokio_postgres::{
    ACCOUNTS, FIND, INSERT_MANY, INSERT_ONE, USERS, USERS_WITH_POSTS, account, user, user_with_post,
};
use super::{Statements, by_hand, page};
use crate::Result;
use crate::gigstream::{WorkerId, WorkerPage};
use crate::tables::{Account, Filter, NewScore, NewSignup, Post, Reading, TOGETHER, User};
use deadpool_postgres::{Manager, Pool};
use tokio_postgres::types::ToSql;
use tokio_postgres::{NoTls, Row};

pub struct Pooled(Pool);

impl Pooled {
    pub async fn connect(url: &str) -> Result<Self> {
        let pool = Pool::builder(Manager::new(url.parse()?, NoTls)).build()?;
        drop(pool.get().await?);
        Ok(Pooled(pool))
    }
}

impl Statements for Pooled {
    async fn find(&self, id: i64) -> Result<Option<User>> {
        let client = self.0.get().await?;
        let statement = client.prepare_cached(FIND).await?;
        Ok(client.query_opt(&statement, &[&id]).await?.as_ref().map(user))
    }

    async fn users(&self) -> Result<Vec<User>> {
        let client = self.0.get().await?;
        let statement = client.prepare_cached(USERS).await?;
        Ok(client.query(&statement, &[]).await?.iter().map(user).collect())
    }

    async fn accounts(&self) -> Result<Vec<Account>> {
        let client = self.0.get().await?;
        let statement = client.prepare_cached(ACCOUNTS).await?;
        Ok(client.query(&statement, &[]).await?.iter().map(account).collect())
    }

    async fn users_with_posts(&self) -> Result<Vec<(User, Option<Post>)>> {
        let client = self.0.get().await?;
        let statement = client.prepare_cached(USERS_WITH_POSTS).await?;
        Ok(client.query(&statement, &[]).await?.iter().map(user_with_post).collect())
    }

    async fn insert_one(&self, row: &NewSignup) -> Result<i64> {
        let client = self.0.get().await?;
        let statement = client.prepare_cached(INSERT_ONE).await?;
        Ok(client.query_one(&statement, &[&row.name, &row.email]).await?.get(0))
    }

    async fn insert_many(&self, rows: &[NewSignup]) -> Result<u64> {
        let client = self.0.get().await?;
        let statement = client.prepare_cached(INSERT_MANY).await?;
        let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        let emails: Vec<Option<&str>> = rows.iter().map(|row| row.email.as_deref()).collect();
        Ok(client.execute(&statement, &[&names, &emails]).await?)
    }

    async fn filtered(&self, filter: Filter<'_>) -> Result<Vec<Account>> {
        let (text, parameters) = by_hand::filter_text(&filter);
        let client = self.0.get().await?;
        let statement = client.prepare_cached(&text).await?;
        by_hand::accounts(&client, &statement, &parameters).await
    }

    async fn update_in_transaction(&mut self, ids: &[i64; TOGETHER]) -> Result<u64> {
        let mut client = self.0.get().await?;
        let statement = client.prepare_cached(by_hand::UPDATE).await?;
        // The driver's own transaction: nothing of the pool's is wanted in it.
        let client: &mut tokio_postgres::Client = &mut client;
        by_hand::updates(client.transaction().await?, &statement, ids).await
    }

    async fn find_batch(&self, ids: &[i64; TOGETHER]) -> Result<Vec<Option<User>>> {
        let client = self.0.get().await?;
        let statement = client.prepare_cached(FIND).await?;
        by_hand::find_batch(&client, &statement, ids).await
    }

    async fn upsert(&self, rows: &[NewScore]) -> Result<u64> {
        let client = self.0.get().await?;
        let statement = client.prepare_cached(by_hand::UPSERT).await?;
        by_hand::write_scores(&client, &statement, rows).await
    }

    async fn update_many(&self, rows: &[NewScore]) -> Result<u64> {
        let client = self.0.get().await?;
        let statement = client.prepare_cached(by_hand::UPDATE_MANY).await?;
        by_hand::write_scores(&client, &statement, rows).await
    }

    async fn stream(&self, each: impl FnMut(Reading)) -> Result<()> {
        let client = self.0.get().await?;
        let statement = client.prepare_cached(by_hand::READINGS).await?;
        by_hand::stream(&client, &statement, each).await
    }

    async fn worker_page(&self, id: WorkerId) -> Result<Option<WorkerPage>> {
        let profile = self.rows(page::WORKER, &[&id.0]).await?;
        let Some(profile) = profile.first() else { return Ok(None) };
        let profile = page::worker(profile)?;
        // Each on a connection of its own, as on mizzle's pool.
        let of_worker: [&(dyn ToSql + Sync); 1] = [&id.0];
        let open: [&(dyn ToSql + Sync); 2] = [&id.0, &page::OPEN];
        let (tasks, transactions, loans) = tokio::try_join!(
            self.rows(page::TASK, &of_worker),
            self.rows(page::TRANSACTION, &of_worker),
            self.rows(page::LOAN, &open),
        )?;
        Ok(Some(WorkerPage {
            profile,
            tasks: tasks.iter().map(page::task).collect::<Result<_>>()?,
            transactions: transactions.iter().map(page::transaction).collect::<Result<_>>()?,
            loans: loans.iter().map(page::loan).collect::<Result<_>>()?,
        }))
    }
}

impl Pooled {
    async fn rows(&self, text: &str, parameters: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>> {
        let client = self.0.get().await?;
        let statement = client.prepare_cached(text).await?;
        Ok(client.query(&statement, parameters).await?)
    }
}
