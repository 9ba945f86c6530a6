//! mizzle: on a held client, and on its pool.

use super::Statements;
use crate::Result;
use crate::tables::{Account, NewSignup, Post, Signup, User};
use mizzle::prelude::*;

/// The statements, on a [`Client`] or a [`Db`].
pub struct On<E>(E);

pub async fn held(url: &str) -> Result<On<Client>> {
    Ok(On(Client::connect(url).await?))
}

pub async fn pooled(url: &str) -> Result<On<Db>> {
    Ok(On(Db::connect(url).await?))
}

impl<E: Executor> Statements for On<E> {
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
}
