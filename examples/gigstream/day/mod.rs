//! A day of GigStream, told as it happens.

mod afternoon;
mod evening;
mod morning;
mod streaming;

use crate::schema::{Platform, Task, Worker};
use mizzle::prelude::*;
use rust_decimal::Decimal;
use std::error::Error;

/// What a part of the day returns.
type Told<T = ()> = Result<T, Box<dyn Error>>;

/// Who and what the day is about.
struct Cast {
    ada: Worker,
    bob: Worker,
    platform: Platform,
    tasks: Vec<Task>,
}

pub(crate) async fn live(db: &Db) -> Told {
    let mut cast = morning::register(db).await?;
    morning::log_in(db).await?;
    cast.tasks = morning::order(db, &cast).await?;
    afternoon::work(db, &cast).await?;
    afternoon::pay(db, &cast).await?;
    streaming::stream(db, &cast).await?;
    evening::lend(db, &cast).await?;
    evening::look_back(db, &cast).await?;
    evening::search(db).await
}

fn heading(text: &str) {
    say!("\n{text}");
}

fn usdc(amount: Decimal) -> String {
    format!("{amount:.2} USDC")
}

/// `1 task`, `2 tasks`.
fn number(count: impl ToString, thing: &str) -> String {
    let count = count.to_string();
    format!("{count} {thing}{}", if count == "1" { "" } else { "s" })
}

/// The task of that title.
fn task<'a>(cast: &'a Cast, title: &str) -> Told<&'a Task> {
    cast.tasks
        .iter()
        .find(|task| task.title == title)
        .ok_or_else(|| format!("there is no task `{title}`").into())
}
