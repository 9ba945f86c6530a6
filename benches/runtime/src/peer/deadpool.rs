//! deadpool-postgres: a connection out of the pool and `prepare_cached` for each statement.

use super::Statements;
use super::tokio_postgres::{
    ACCOUNTS, FIND, INSERT_MANY, INSERT_ONE, USERS, USERS_WITH_POSTS, account, user, user_with_post,
};
use crate::Result;
use crate::tables::{Account, NewSignup, Post, User};
use deadpool_postgres::{Manager, Pool};
use tokio_postgres::NoTls;

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
}
