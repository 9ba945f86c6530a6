//! What a catalog cannot say, so that nothing is left out in silence.

use super::fields::Fields;
use super::{independent, not_of_extension};
use crate::Error;
use orm_core::sql::quote_literal;
use std::fmt;
use tokio_postgres::Row;

/// An object, or a trait of one, that the kit knows no words for: it neither makes nor changes it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unmodelled {
    /// What sort of thing it is: `foreign table`, `replica identity`.
    pub kind: String,
    /// The object's name, quoted as PostgreSQL does.
    pub name: String,
}

impl fmt::Display for Unmodelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Unmodelled { kind, name } = self;
        write!(f, "{kind} `{name}`")
    }
}

/// Objects of schemas: their catalog, what their schema is called in it, and which of its rows they are.
const IN_SCHEMAS: &[(&str, &str, &str)] = &[
    ("pg_class", "relnamespace", "relkind = 'f'"),
    ("pg_proc", "pronamespace", "prokind = 'a'"),
    ("pg_operator", "oprnamespace", "true"),
    ("pg_opclass", "opcnamespace", "true"),
    ("pg_opfamily", "opfnamespace", "true"),
    ("pg_collation", "collnamespace", "true"),
    ("pg_conversion", "connamespace", "true"),
    ("pg_statistic_ext", "stxnamespace", "true"),
    ("pg_ts_config", "cfgnamespace", "true"),
    ("pg_ts_dict", "dictnamespace", "true"),
    ("pg_ts_parser", "prsnamespace", "true"),
    ("pg_ts_template", "tmplnamespace", "true"),
    // An array's type comes with that of its elements.
    (
        "pg_type",
        "typnamespace",
        "(typtype in ('r', 'p') or typtype = 'b' and not exists (select from pg_type e where e.typarray = x.oid))",
    ),
];

/// Objects of no schema.
const IN_NONE: &[&str] = &[
    "pg_am",
    "pg_cast",
    "pg_default_acl",
    "pg_event_trigger",
    "pg_foreign_data_wrapper",
    "pg_foreign_server",
    "pg_language",
    "pg_publication",
    "pg_transform",
];

/// Something of a table that the kit has no word for.
struct Trait {
    word: &'static str,
    /// The catalog of the object that has it: the row `x`.
    class: &'static str,
    /// How `x` is joined to `r`, the table's row of `pg_class`.
    join: &'static str,
    condition: &'static str,
}

const fn of_table(word: &'static str, condition: &'static str) -> Trait {
    Trait { word, class: "pg_class", join: "pg_class x on x.oid = r.oid", condition }
}

const fn of_constraint(word: &'static str, condition: &'static str) -> Trait {
    Trait { word, class: "pg_constraint", join: "pg_constraint x on x.conrelid = r.oid", condition }
}

const fn of_trigger(word: &'static str, condition: &'static str) -> Trait {
    Trait {
        word,
        class: "pg_trigger",
        join: "pg_trigger x on x.tgrelid = r.oid and not x.tgisinternal and x.tgparentid = 0",
        condition,
    }
}

const TRAITS: &[Trait] = &[
    of_table(
        "access method",
        "r.relkind in ('r', 'm') and (select a.amname from pg_am a where a.oid = r.relam) <> 'heap'",
    ),
    of_table("replica identity", "r.relkind in ('r', 'p', 'm') and r.relreplident <> 'd'"),
    of_table("table of a type", "r.reloftype <> 0"),
    of_table("tablespace", "r.relkind = 'm' and r.reltablespace <> 0"),
    of_table("unlogged sequence", "r.relkind = 'S' and r.relpersistence = 'u'"),
    of_trigger("trigger of a view", "r.relkind in ('v', 'f')"),
    of_trigger("trigger not enabled as usual", "r.relkind in ('r', 'p') and x.tgenabled <> 'O'"),
    Trait {
        word: "rule",
        class: "pg_rewrite",
        join: "pg_rewrite x on x.ev_class = r.oid",
        condition: "x.rulename <> '_RETURN'",
    },
    Trait {
        word: "clustering",
        class: "pg_class",
        join: "pg_index i on i.indrelid = r.oid join pg_class x on x.oid = i.indexrelid",
        condition: "i.indisclustered",
    },
    Trait {
        word: "parameters of a constraint's index",
        class: "pg_constraint",
        join: "pg_constraint x on x.conrelid = r.oid join pg_class i on i.oid = x.conindid",
        condition: "x.contype in ('p', 'u', 'x') and (i.reloptions is not null or i.reltablespace <> 0)",
    },
    Trait {
        word: "include of an exclusion",
        class: "pg_constraint",
        join: "pg_constraint x on x.conrelid = r.oid join pg_index i on i.indexrelid = x.conindid",
        condition: "x.contype = 'x' and i.indnatts > i.indnkeyatts",
    },
];

const SINCE_15: Trait = of_constraint(
    "foreign key that sets some of its columns",
    "x.contype = 'f' and x.confdelsetcols is not null and x.conparentid = 0",
);

const SINCE_18: [Trait; 2] = [
    of_constraint("constraint not enforced", "not x.conenforced and x.conparentid = 0"),
    of_constraint("constraint on periods", "x.conperiod and x.conparentid = 0"),
];

/// What is said of columns: the word and the condition on `a`, the row of `pg_attribute`.
const OF_COLUMNS: &[(&str, &str)] = &[
    ("statistics target", "r.relkind in ('r', 'p', 'm', 'i', 'I') and coalesce(a.attstattarget, -1) <> -1"),
    ("parameters of a column", "r.relkind in ('r', 'p', 'm') and a.attoptions is not null"),
    (
        "comment on a view's column",
        "r.relkind in ('v', 'm') and col_description(a.attrelid, a.attnum) is not null",
    ),
    ("default of a view's column", "r.relkind = 'v' and a.atthasdef"),
];

/// What is in these schemas, and what is in none if `everything`.
pub(super) fn sql(version: i32, everything: bool) -> String {
    let mut parts = Vec::new();
    for (class, schema, condition) in IN_SCHEMAS {
        let (identity, own) = (identity(class, "x.oid"), independent(class, "x.oid"));
        parts.push(format!(
            "select o.type, o.identity from {class} x, {identity}
            where x.{schema} = any ($1) and {condition} and {own}"
        ));
    }
    for class in IN_NONE.iter().filter(|_| everything) {
        let (identity, own) = (identity(class, "x.oid"), independent(class, "x.oid"));
        // The oids below are of what `initdb` made (`access/transam.h`).
        parts.push(format!(
            "select o.type, o.identity from {class} x, {identity} where x.oid >= 16384 and {own}"
        ));
    }
    let since_15 = (version >= 150_000).then_some(&SINCE_15);
    let since_18 = SINCE_18.iter().filter(|_| version >= 180_000);
    for Trait { word, class, join, condition } in TRAITS.iter().chain(since_15).chain(since_18) {
        let (identity, own) = (identity(class, "x.oid"), not_of_extension("pg_class", "r.oid"));
        let word = quote_literal(word);
        parts.push(format!(
            "select {word}, o.identity from pg_class r join {join}, {identity}
            where r.relnamespace = any ($1) and {condition} and {own}"
        ));
    }
    for (word, condition) in OF_COLUMNS {
        let own = not_of_extension("pg_class", "r.oid");
        let word = quote_literal(word);
        parts.push(format!(
            "select {word}, o.identity
            from pg_class r join pg_attribute a on a.attrelid = r.oid,
                pg_identify_object('pg_class'::regclass, r.oid, a.attnum) o
            where r.relnamespace = any ($1) and a.attnum > 0 and not a.attisdropped and {condition} and {own}"
        ));
    }
    parts.push(DOMAIN_CHECKS.to_owned());
    parts.extend(everything.then(|| ELSEWHERE.to_owned()));
    parts.join("\n        union all\n        ")
}

fn identity(class: &str, oid: &str) -> String {
    format!("pg_identify_object('{class}'::regclass, {oid}, 0) o")
}

const DOMAIN_CHECKS: &str = "
        select w.word, o.identity
        from pg_constraint c join pg_type t on t.oid = c.contypid,
            lateral (
                select 'check of a domain that is not valid' as word where not c.convalidated
                union all
                select 'comment on a domain''s check' where obj_description(c.oid, 'pg_constraint') is not null) w,
            pg_identify_object('pg_constraint'::regclass, c.oid, 0) o
        where t.typnamespace = any ($1) and c.contype = 'c'";

/// Catalogs that not everyone may read as a whole.
const ELSEWHERE: &str = "
        select 'subscription', quote_ident(s.subname) from pg_subscription s
        where s.subdbid = (select d.oid from pg_database d where d.datname = current_database())
        union all
        select 'user mapping', format('for %I on server %I', u.usename, u.srvname) from pg_user_mappings u
        union all
        select 'security label', o.identity
        from pg_seclabel l, pg_identify_object(l.classoid, l.objoid, l.objsubid) o";

pub(super) fn read(rows: &[Row]) -> Result<Vec<Unmodelled>, Error> {
    let found = rows.iter().map(|row| {
        let mut fields = Fields::of(row);
        Ok(Unmodelled { kind: fields.take()?, name: fields.take()? })
    });
    found.collect()
}
