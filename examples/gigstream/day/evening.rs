//! Money is lent, and the day is looked at.

use super::{Cast, Told, heading, number, usdc};
use crate::calls::page::PageRequest;
use crate::calls::platforms::{self, PlatformFilter};
use crate::calls::workers::{self, WorkerFilter};
use crate::calls::{loans, risk};
use chrono::{TimeDelta, Utc};
use mizzle::prelude::*;
use rust_decimal::Decimal;

pub(super) async fn lend(db: &Db, cast: &Cast) -> Told {
    heading("17:00  Ada and Bob ask for an advance");
    for worker in [&cast.ada, &cast.bob] {
        let risk = risk::assess(db, worker.id).await?;
        say!(
            "  {}: {} in 30 days, {} done, {} disputed, {} late; rated {}.",
            worker.display_name,
            number(risk.work.tasks, "task"),
            risk.work.completed,
            risk.work.disputed,
            risk.late,
            risk.work.average_rating.map_or_else(|| "by nobody".to_owned(), |rating| format!("{rating:.1}")),
        );
        if risk.late > 0 || risk.work.disputed > 0 {
            say!("    Not today.");
            continue;
        }
        let loan = loans::request(db, worker.id, Decimal::from(20)).await?;
        let loan = loans::disburse(db, loan.id, Decimal::ONE).await?.ok_or("not pending")?;
        say!("    {} are on their way.", usdc(loan.approved_amount_usdc.unwrap_or_default()));
    }
    Ok(())
}

pub(super) async fn look_back(db: &Db, cast: &Cast) -> Told {
    heading("18:00  The day in figures");
    let page = workers::page(db, cast.ada.id).await?.ok_or("Ada is gone")?;
    say!(
        "  Ada's page: score {}, {} earned, {}, {}, {}.",
        page.profile.reputation_score.unwrap_or(0),
        usdc(page.profile.total_earnings_usdc.unwrap_or_default()),
        number(page.tasks.len(), "task"),
        number(page.transactions.len(), "transaction"),
        number(page.loans.len(), "loan"),
    );
    let history = workers::history(db, cast.bob.id).await?.ok_or("Bob is gone")?;
    say!(
        "  Bob's history: {} in 24 hours, {} disputed, {} on average. The latest:",
        number(history.summary.last_24_hours, "task"),
        history.summary.disputes,
        usdc(history.summary.average_amount)
    );
    for line in history.recent {
        say!("    {:<24} {:?}", line.title, line.status);
    }
    say!("  Labelworks:");
    let now = Utc::now();
    for line in platforms::analytics(db, cast.platform.id, now - TimeDelta::days(1), now).await? {
        say!(
            "    {:<10} {} ordered, {} paid, {}, rated {}",
            format!("{:?}", line.status),
            usdc(line.ordered),
            usdc(line.paid),
            number(line.tasks, "task"),
            line.average_rating.map_or_else(|| "by nobody".to_owned(), |rating| format!("{rating:.1}")),
        );
    }
    Ok(())
}

pub(super) async fn search(db: &Db) -> Told {
    heading("19:00  Someone looks for people");
    let page = PageRequest { number: 0, size: 10 };
    let hour_ago = Some(Utc::now() - TimeDelta::hours(1));
    let filters = [
        ("everybody", WorkerFilter::default()),
        ("\"ad\"", WorkerFilter { search: Some("ad"), ..WorkerFilter::default() }),
        (
            "active, since an hour",
            WorkerFilter { status: Some("active"), registered_from: hour_ago, ..WorkerFilter::default() },
        ),
        ("before that", WorkerFilter { registered_before: hour_ago, ..WorkerFilter::default() }),
    ];
    for (name, filter) in filters {
        let found = workers::list(db, filter, page).await?;
        let names: Vec<_> = found.rows.iter().map(|worker| worker.display_name.as_str()).collect();
        say!("  {name}: {} ({})", found.total, names.join(", "));
    }
    let active = PlatformFilter { status: Some("active"), ..PlatformFilter::default() };
    for line in platforms::list(db, active, page).await?.rows {
        say!("  {} has {}.", line.platform.name, number(line.open_tasks, "open task"));
    }
    Ok(())
}
