//! Work is done, disputed and paid for.

use super::{Cast, Told, heading, task, usdc};
use crate::calls::page::PageRequest;
use crate::calls::payments::{self, Order, Payment};
use crate::calls::tasks;
use crate::schema::TaskStatus;
use mizzle::prelude::*;
use rust_decimal::Decimal;

pub(super) async fn work(db: &Db, cast: &Cast) -> Told {
    heading("13:00  Work is done");
    for (title, rating) in [("Label 500 images", 5), ("Transcribe an interview", 3)] {
        let done = tasks::complete(db, task(cast, title)?.id, Some(rating)).await?.ok_or("not open")?;
        let late = done.due_date.is_some() && done.completed_at > done.due_date;
        say!("  {title}: done{}, rated {rating} of 5.", if late { ", late" } else { "" });
    }
    let again = tasks::complete(db, task(cast, "Label 500 images")?.id, None).await?;
    say!("  Labels, once more: {}.", if again.is_some() { "done" } else { "there is nothing left to do" });
    let disputed =
        tasks::dispute(db, task(cast, "Transcribe an interview")?.id, "half of it is missing").await?;
    if disputed.is_some_and(|task| task.status == TaskStatus::Disputed) {
        say!("  Labelworks disputes the transcript: half of it is missing.");
    }
    Ok(())
}

pub(super) async fn pay(db: &Db, cast: &Cast) -> Told {
    heading("15:00  Ada is paid");
    let labels = task(cast, "Label 500 images")?.id;
    let order = Order { task: labels, from_wallet: "0x1ab31", fee: Decimal::new(5, 2) };
    let Payment::Made(payment) = payments::execute(db, order).await? else {
        return Err("the labels are not paid".into());
    };
    say!("  {} are sent to {}.", usdc(payment.amount_usdc), cast.ada.display_name);
    match payments::execute(db, order).await? {
        Payment::MadeBefore(_) => say!("  The button is pressed twice; she is paid once."),
        Payment::Made(_) | Payment::Impossible => say!("  The button is pressed twice; what a mess."),
    }
    payments::fail(db, payment.id, "out of gas").await?;
    say!("  The chain refuses: out of gas.");
    let retried = payments::retry(db, payment.id).await?.ok_or("given up")?;
    say!("  It is tried again, for the {}st time.", retried.retry_count.unwrap_or(0));
    let confirmed = payments::confirm(db, payment.id, "0xfeed", 19_000_000).await?.ok_or("not sent")?;
    say!("  Block {} has it.", confirmed.block_number.unwrap_or(0));

    let check = Order { task: task(cast, "Check the labels")?.id, ..order };
    payments::execute(db, check).await?;
    say!("  The check is paid for in advance, which completes it.");
    for total in payments::totals(db, cast.ada.id).await? {
        let amount = usdc(total.amount.unwrap_or_default());
        say!("  {:?}: {} of {amount}", total.status, total.transactions);
    }
    let page = payments::history(db, cast.ada.id, PageRequest { number: 0, size: 1 }).await?;
    say!("  Her history has {} payments; the first page shows {}.", page.total, page.rows.len());
    Ok(())
}
