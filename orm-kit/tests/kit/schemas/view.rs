//! Views and materialized views.

use super::{Slot, column, primary, routine, some, table, variant};
use crate::index::{index, key};
use orm_kit::catalog::{Index, Name, Object, View};
use std::collections::BTreeMap;

pub(super) fn slots() -> Vec<Slot> {
    vec![names(), views_of_views(), materialized(), indexes(), joined()]
}

fn view(name: &str, query: &str) -> View {
    View {
        name: Name::new("public", name),
        materialized: false,
        query: query.to_owned(),
        columns: Vec::new(),
        with: BTreeMap::new(),
        indexes: Vec::new(),
        comment: None,
    }
}

fn names() -> Slot {
    let workers = Name::new("public", "workers");
    let plain = view("names", "select name from public.workers");
    let barrier = BTreeMap::from([("security_barrier".to_owned(), "true".to_owned())]);
    let grouped = view("names", "select id as name, max(name::text) as best from public.workers group by id");
    let by_key = view("names", "select name, id from public.workers group by id");
    let name = || column(&workers, "name");
    let id = || column(&workers, "id");
    vec![
        variant(Object::View(plain.clone()), [name()]),
        variant(Object::View(View { with: barrier, comment: some("All of them"), ..plain }), [name()]),
        variant(
            Object::View(view("names", "select name, age from public.workers")),
            [name(), column(&workers, "age")],
        ),
        variant(
            Object::View(view("names", "select w.name from public.workers w where w.id > 0")),
            [name(), id()],
        ),
        variant(Object::View(grouped), [name(), id()]),
        variant(Object::View(by_key), [name(), primary(&workers, "id")]),
    ]
}

fn views_of_views() -> Slot {
    let there = || "view `names`".to_owned();
    let upper = view("Upper names", "select upper(name::text) as name from public.names");
    let named = View { columns: vec!["first".to_owned()], ..upper.clone() };
    let double = view("Upper names", "select name, public.double(3) as six from public.names");
    vec![
        variant(Object::View(upper), [there()]),
        variant(Object::View(named), [there()]),
        variant(Object::View(double), [there(), routine("double")]),
    ]
}

fn materialized() -> Slot {
    let jobs = Name::new("app", "jobs");
    let counts = |query: &str| Object::View(View { materialized: true, ..view("counts", query) });
    vec![
        variant(counts("select count(*) as n from app.jobs"), [table(&jobs)]),
        variant(counts("select count(*) as n, max(age) as oldest from app.jobs"), [column(&jobs, "age")]),
        variant(Object::View(view("counts", "select 1 as n")), []),
    ]
}

fn indexes() -> Slot {
    let plain = index("counts_n", "btree", vec![key("n")]);
    let index = Index { unique: true, ..plain.clone() };
    let counts = Name::new("public", "counts");
    let materialized = || "materialized view `counts`".to_owned();
    vec![
        variant(Object::Index(counts.clone(), index), [materialized()]),
        variant(Object::Index(counts, plain), [materialized()]),
    ]
}

fn joined() -> Slot {
    let (workers, jobs) = (Name::new("public", "workers"), Name::new("app", "jobs"));
    let all = "select w.*, j.age as other from public.workers w join app.jobs j on j.owner = w.id";
    vec![variant(
        Object::View(view("joined", all)),
        [column(&workers, "id"), column(&jobs, "owner"), column(&jobs, "age")],
    )]
}
