//! One table through each kind of change, while old and new code read and write it.
//!
//! 50,000 rows; `./dev live` takes 1,000,000, and prints how long the longest statement of the load took.

use super::build::{
    catalog, check, column, column_name, index, name, policy, reference, table, unique, view,
};
use super::load::{Load, Waits};
use crate::TestResult;
use crate::server::{run, server};
use orm_kit::catalog::{
    Catalog, Column, Enum, Identity, Kind, ObjectName, Partition, Partitioned, Routine, RowSecurity,
    SequenceOptions, Table, Trigger,
};
use orm_kit::ddl;
use orm_kit::diff::{Rename, diff};
use orm_kit::migrate::Migrator;
use orm_kit::migration::{Migration, Migrations};
use orm_kit::plan::{HazardKind, Plan};
use orm_kit::planner::{Options, plan};
use orm_kit::script::render;
use std::env;
use std::time::Duration;
use tokio_postgres::Client;

/// How long a statement of a migration waits for its locks; a statement of the load may wait for one of them, and for its own.
const LOCK_TIMEOUT: Duration = Duration::from_secs(1);

/// What every version of the code says all the time; `{id}` is one of the rows, `{next}` a new one.
const ALWAYS: &[&str] = &[
    "select * from orders where id = {id}",
    "select count(*) from orders where id between {id} and {id} + 50",
    "update orders set customer = 1 + customer % 1000 where id = {id}",
    "insert into orders (id, customer, status, amount, code) values ({next}, 1 + {id} % 1000, 'open', {id}, 'c{next}')",
    "insert into events (id, what) values ({id}, 'seen')",
    "select what from events where id = {id} limit 1",
];

/// What code before the change says besides: the last change renames the table.
const OLD: &[&str] = &["select c.name from orders o join customers c on c.id = o.customer where o.id = {id}"];

/// A kind of change.
struct Step {
    name: &'static str,
    change: fn(&mut Catalog),
    rename: Option<(ObjectName, ObjectName)>,
    /// What old code says beside, until the contract.
    old: &'static [&'static str],
    /// What new code says beside, from the time on when it runs.
    new: &'static [&'static str],
}

fn step(name: &'static str, change: fn(&mut Catalog)) -> Step {
    Step { name, change, rename: None, old: &[], new: &[] }
}

fn orders(catalog: &mut Catalog) -> &mut Table {
    of(catalog, "orders")
}

fn of<'a>(catalog: &'a mut Catalog, table: &str) -> &'a mut Table {
    catalog.tables.iter_mut().find(|it| it.name == name(table)).unwrap()
}

fn retype(table: &mut Table, column: &str, ty: &str) {
    ty.clone_into(&mut table.columns.iter_mut().find(|it| it.name == column).unwrap().ty);
}

fn steps() -> Vec<Step> {
    let mut steps = columns();
    steps.extend(keys());
    steps.extend(types());
    steps.extend(others());
    steps.extend(names());
    steps
}

fn columns() -> Vec<Step> {
    vec![
        Step {
            new: &["update orders set priority = priority + 1 where id = {id}"],
            ..step("a column with a default", |it| orders(it).columns.push(column("priority integer = 0")))
        },
        Step {
            new: &["select token from orders where id = {id}"],
            ..step("a column whose default differs by row", |it| {
                orders(it).columns.push(column("token uuid = gen_random_uuid()"));
            })
        },
        Step {
            new: &["select number from orders where id = {id}"],
            ..step("a column that numbers the rows", |it| {
                let identity = Some(Identity { always: false, options: SequenceOptions::default() });
                orders(it).columns.push(Column { identity, ..column("number bigint") });
            })
        },
        Step {
            old: &["update orders set code = 'old' where id = {id}"],
            ..step("a column that may not be null any more", |it| {
                orders(it).columns.iter_mut().for_each(|column| column.nullable &= column.name != "code");
            })
        },
        step("a wider text", |it| retype(orders(it), "code", "character varying(40)")),
    ]
}

fn keys() -> Vec<Step> {
    vec![
        step("an index", |it| orders(it).indexes.push(index("orders_customer_idx", &["customer"]))),
        step("another index under its name", |it| {
            orders(it).indexes = vec![index("orders_customer_idx", &["customer", "status"])];
        }),
        step("a check", |it| orders(it).checks.push(check("orders_amount_check", "amount >= 0"))),
        step("another check under its name", |it| {
            orders(it).checks = vec![check("orders_amount_check", "amount > -1")];
        }),
        step("a unique key", |it| orders(it).uniques.push(unique("orders_token_key", &["token"]))),
        step("a foreign key", |it| {
            orders(it).foreign_keys.push(reference("orders_customer_fkey", "customer", "customers", "id"));
        }),
        step("a new table that references it", |it| {
            let mut lines = table("lines", &["id bigint", "order_id integer"]);
            lines.foreign_keys.push(reference("lines_order_id_fkey", "order_id", "orders", "id"));
            it.tables.push(lines);
        }),
        step("that table gone", |it| it.tables.retain(|table| table.name != name("lines"))),
    ]
}

fn types() -> Vec<Step> {
    vec![
        Step {
            old: &["update orders set amount = amount + 1 where id = {id}"],
            new: &["update orders set amount = amount + 1 where id = {id}"],
            ..step("a larger integer", |it| retype(orders(it), "amount", "bigint"))
        },
        Step {
            old: &["update customers set name = 'old {id}' where id = 1 + {id} % 1000"],
            new: &["select * from customers where id = 1 + {id} % 1000"],
            ..step("a larger key and what references it", |it| {
                retype(of(it, "customers"), "id", "bigint");
                retype(orders(it), "customer", "bigint");
            })
        },
        step("an enum and a column of it", |it| {
            it.enums.push(enumeration(&["new", "paid"]));
            orders(it).columns.push(column("mood \"public\".\"mood\" = 'new'"));
        }),
        Step {
            old: &["update orders set mood = 'paid' where id = {id}"],
            new: &["update orders set mood = 'new' where id = {id}"],
            ..step("another label", |it| it.enums = vec![enumeration(&["new", "lost", "paid"])])
        },
        Step {
            old: &["update orders set mood = 'paid' where id = {id}"],
            new: &["update orders set mood = 'new' where id = {id}"],
            ..step("a label less", |it| it.enums = vec![enumeration(&["new", "paid"])])
        },
    ]
}

fn enumeration(labels: &[&str]) -> Enum {
    Enum { name: name("mood"), labels: labels.iter().map(ToString::to_string).collect(), comment: None }
}

fn others() -> Vec<Step> {
    vec![
        step("a view", |it| it.views.push(view("open", "select id, customer from public.orders"))),
        Step {
            old: &["select customer from open where id = {id}"],
            new: &["select customer from open where id = {id}"],
            ..step("another view under its name", |it| {
                it.views = vec![view("open", "select customer, id from public.orders where status = 'open'")];
            })
        },
        step("a trigger", |it| {
            let body = "returns trigger language plpgsql as $$ begin return new; end $$";
            it.routines.push(Routine {
                name: name("touch"),
                arguments: String::new(),
                procedure: false,
                definition: format!("create or replace function public.touch() {body}"),
                comment: None,
            });
            let definition = "create trigger touch before update on public.orders for each row execute function public.touch()";
            orders(it).triggers.push(Trigger {
                name: "touch".to_owned(),
                definition: definition.to_owned(),
                comment: None,
            });
        }),
        step("row security", |it| {
            orders(it).policies.push(policy("all of them", "true"));
            orders(it).row_security = RowSecurity::Enabled;
        }),
        step("a partition", |it| {
            let partition = events(2);
            it.tables.push(partition);
        }),
        step("an index of a partitioned table", |it| {
            of(it, "events").indexes.push(index("events_what_idx", &["what"]));
        }),
        step("a partition less", |it| it.tables.retain(|table| table.name != name("events_2"))),
    ]
}

/// The millionth rows of `events`.
fn events(million: u32) -> Table {
    let mut partition = Table::new(name(&format!("events_{million}")));
    partition.columns = vec![column("id integer"), column("what text null")];
    let bound = format!("for values from ({million}000000) to ({}000000)", million + 1);
    partition.partition = Some(Partition { of: name("events"), bound });
    partition
}

fn names() -> Vec<Step> {
    let table = |table: &str| ObjectName {
        kind: Kind::Table,
        schema: "public".to_owned(),
        table: String::new(),
        name: table.to_owned(),
    };
    vec![
        Step {
            rename: Some((column_name("orders", "note"), column_name("orders", "remark"))),
            old: &["update orders set note = 'old {id}' where id = {id}"],
            new: &["update orders set remark = 'new {id}' where id = {id}"],
            ..step("another name for a column", |it| {
                let note = orders(it).columns.iter_mut().find(|column| column.name == "note");
                "remark".clone_into(&mut note.unwrap().name);
            })
        },
        Step {
            old: &["update orders set remark = 'old {id}' where id = {id}"],
            ..step("a column less", |it| orders(it).columns.retain(|column| column.name != "remark"))
        },
        Step {
            rename: Some((table("customers"), table("people"))),
            old: &["update customers set name = 'old {id}' where id = 1 + {id} % 1000"],
            new: &["update people set name = 'new {id}' where id = 1 + {id} % 1000"],
            ..step("another name for a table", |it| {
                of(it, "customers").name = name("people");
                orders(it).foreign_keys.iter_mut().for_each(|key| key.table = name("people"));
            })
        },
    ]
}

/// What is there before the first step.
fn first() -> Catalog {
    let orders = table(
        "orders",
        &[
            "id integer",
            "customer integer",
            "status text",
            "amount integer",
            "code character varying(20) null",
            "note text null",
        ],
    );
    let mut all = table("events", &["id integer", "what text null"]);
    all.primary_key = None;
    all.indexes.push(index("events_id_idx", &["id"]));
    all.partitioned = Some(Partitioned { by: "range (id)".to_owned() });
    catalog(&[orders, table("customers", &["id integer", "name text"]), all, events(0), events(1)])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_waits_for_long_while_a_table_changes() -> TestResult {
    let rows = env::var("MIZZLE_ROWS").ok().map(|rows| rows.parse::<u32>().unwrap());
    // By itself it has the machine for itself; beside other tests a statement may wait for its turn.
    let limit = LOCK_TIMEOUT * if rows.is_some() { 2 } else { 5 };
    let rows = rows.unwrap_or(50_000);
    let (database, client) = server().await?;
    let mut from = first();
    run(&client, &ddl::create_all(&from)).await?;
    fill(&client, rows).await?;
    let load = Load::new(database.url(), rows);
    let mut longest = Vec::new();
    for (number, step) in steps().into_iter().enumerate() {
        let mut to = from.clone();
        (step.change)(&mut to);
        to.sort();
        let renames: Vec<Rename> =
            step.rename.iter().map(|(from, to)| Rename { from: from.clone(), to: to.clone() }).collect();
        let planned = plan(&from, &to, &diff(&from, &to, &renames), &Options::default());
        let plans = [Some(&planned.expand), planned.contract.as_ref()];
        for hazard in plans.iter().flatten().flat_map(|plan| &plan.hazards) {
            assert!(hazard.kind != HazardKind::Blocking, "{}: {}", step.name, hazard.message);
        }
        let old = load.start(&[ALWAYS, OLD, step.old].concat());
        migrate(database.url(), number, &planned.expand, false).await?;
        let new = load.start(&[ALWAYS, step.new].concat());
        tokio::time::sleep(Duration::from_millis(200)).await;
        let mut waits = old.stop().await;
        if let Some(contract) = &planned.contract {
            migrate(database.url(), number, contract, true).await?;
        }
        waits.add(new.stop().await);
        longest.push((step.name, waits));
        from = to;
    }
    for (name, Waits { statements, longest, .. }) in &longest {
        println!("{name}: {statements} statements, the longest {} ms", longest.as_millis());
    }
    for (name, Waits { longest, said, errors, .. }) in &longest {
        assert!(errors.is_empty(), "{name}: {errors:#?}");
        assert!(*longest <= limit, "{name}: {longest:?} for {said}");
    }
    Ok(())
}

/// The rows, and those that are referenced.
async fn fill(client: &Client, rows: u32) -> TestResult {
    let fill = format!(
        "insert into customers select n, 'customer ' || n from generate_series(1, 1000) n;
         insert into orders select n, 1 + n % 1000, 'open', n, 'c' || n, 'note ' || n from generate_series(1, {rows}) n;
         insert into events select n, 'event' from generate_series(1, {rows} / 2) n;
         analyze"
    );
    run(client, &[fill]).await
}

/// One half of a plan, as the file says it.
async fn migrate(url: &str, number: usize, plan: &Plan, contract: bool) -> TestResult {
    let name = format!("2026010100{number:02}0{}_step", u8::from(contract));
    let migrations = Migrations::new(vec![Migration::new(&name, &render(plan, contract), None, &[])])?;
    let migrator = Migrator::new(url)
        .migrations(migrations)
        .not_empty(true)
        .missing(true)
        .contract(true)
        .lock_timeout(LOCK_TIMEOUT)
        .backoff(Duration::from_millis(50));
    migrator.run(&mut ()).await?;
    Ok(())
}
