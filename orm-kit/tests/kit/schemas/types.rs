//! Schemas, extensions and types.

use super::{Slot, schema, some, variant};
use orm_kit::catalog::{Composite, Domain, DomainCheck, Enum, Extension, Field, Name, Object, Schema};

pub(super) fn slots() -> Vec<Slot> {
    vec![schemas(), extensions(), moods(), sizes(), emails(), scores(), addresses()]
}

fn schemas() -> Slot {
    let app = |comment| Object::Schema(Schema { name: "app".to_owned(), comment });
    vec![variant(app(None), []), variant(app(some("It's the app's")), [])]
}

fn extensions() -> Slot {
    let citext = Extension { name: "citext".to_owned(), schema: some("public"), version: None };
    vec![variant(Object::Extension(citext), [])]
}

fn moods() -> Slot {
    let mood = |labels: &[&str], comment| {
        let labels = labels.iter().map(ToString::to_string).collect();
        Object::Enum(Enum { name: Name::new("public", "mood"), labels, comment })
    };
    vec![
        variant(mood(&["good", "bad"], None), []),
        variant(mood(&["good", "it's", "bad"], some("How they are")), []),
        variant(mood(&["best", "good", "ok", "bad", "worst"], None), []),
        variant(mood(&["bad", "good"], None), []),
        variant(mood(&["it's"], None), []),
    ]
}

fn sizes() -> Slot {
    let size = |labels: &[&str]| {
        let labels = labels.iter().map(ToString::to_string).collect();
        Object::Enum(Enum { name: Name::new("app", "Size"), labels, comment: None })
    };
    vec![variant(size(&["S", "M"]), [schema("app")]), variant(size(&["S", "L"]), [schema("app")])]
}

fn domain(name: &str, base: &str, checks: &[(&str, &str)]) -> Domain {
    let check = |(name, expression): &(&str, &str)| DomainCheck {
        name: (*name).to_owned(),
        expression: (*expression).to_owned(),
    };
    Domain {
        name: Name::new("public", name),
        base: base.to_owned(),
        not_null: false,
        default: None,
        collation: None,
        checks: checks.iter().map(check).collect(),
        comment: None,
    }
}

fn emails() -> Slot {
    let plain = domain("email", "text", &[]);
    let checked = domain("email", "text", &[("has_at", "value like '%@%'")]);
    let short = domain("email", "character varying(40)", &[("has_at", "value <> ''"), ("other", "true")]);
    vec![
        variant(Object::Domain(plain.clone()), []),
        variant(Object::Domain(Domain { comment: some("Where to write"), ..plain }), []),
        variant(Object::Domain(checked), []),
        variant(Object::Domain(short), []),
    ]
}

fn scores() -> Slot {
    let score = domain("score", "integer", &[("positive", "value > 0")]);
    let calls = domain("score", "integer", &[("even", "public.double(value) > 0")]);
    vec![
        variant(Object::Domain(score.clone()), []),
        variant(Object::Domain(Domain { default: some("5"), ..score.clone() }), []),
        variant(Object::Domain(Domain { base: "bigint".to_owned(), default: some("1 + 1"), ..score }), []),
        variant(Object::Domain(calls), [super::routine("double")]),
    ]
}

fn addresses() -> Slot {
    let field = |name: &str, ty: &str| Field {
        name: name.to_owned(),
        ty: ty.to_owned(),
        collation: None,
        comment: None,
    };
    let address = |fields: &[Field], comment| {
        let name = Name::new("public", "address");
        Object::Composite(Composite { name, fields: fields.to_vec(), comment })
    };
    let (street, zip) = (field("street", "text"), field("zip code", "character varying(9)"));
    let town = Field { comment: some("Or city"), ..field("town", "text") };
    let french = Field { collation: Some(Name::new("pg_catalog", "C")), ..town.clone() };
    vec![
        variant(address(std::slice::from_ref(&street), None), []),
        variant(address(&[street.clone(), zip.clone()], some("Where they live")), []),
        variant(address(&[street.clone(), town], None), []),
        variant(address(&[french, zip, street], None), []),
        variant(address(&[field("moods", "text[]")], None), []),
    ]
}
