//! Changes made one by one, as if nobody else used the database.

use crate::TestResult;
use crate::server::run;
use orm_kit::catalog::{Catalog, Name, Object};
use orm_kit::change::Change;
use orm_kit::ddl;
use tokio_postgres::Client;

/// Makes the changes in their order; `to` is what the database is to hold.
pub(crate) async fn apply(client: &Client, changes: &[Change], to: &Catalog) -> TestResult {
    for change in changes {
        let made = match change {
            Change::Create(object) => run(client, &ddl::create(object)).await,
            Change::Drop(object) => run(client, &[ddl::drop(object)]).await,
            Change::Rename { from, to } => run(client, &ddl::rename(from, to)).await,
            Change::Alter { from, to: object } => match replaced(from, object) {
                Some(name) => replace_type(client, name, from, object, to).await,
                None => run(client, &ddl::alter(from, object)).await,
            },
        };
        made.map_err(|error| format!("{error}\nin {:#?}", lines(changes)))?;
    }
    Ok(())
}

/// The changes in a line each.
pub(crate) fn lines(changes: &[Change]) -> Vec<String> {
    let line = |change: &Change| match change {
        Change::Create(object) => format!("create {}", object.object_name()),
        Change::Drop(object) => format!("drop {}", object.object_name()),
        Change::Alter { to, .. } => format!("alter {}", to.object_name()),
        Change::Rename { from, to } => format!("rename {from} to {to}"),
    };
    changes.iter().map(line).collect()
}

/// The name of a type that PostgreSQL cannot alter so far.
fn replaced<'a>(from: &Object, to: &'a Object) -> Option<&'a Name> {
    match (from, to) {
        (Object::Enum(from), Object::Enum(to)) => {
            ddl::enum_type::add_values(&to.name, &from.labels, &to.labels).is_none().then_some(&to.name)
        }
        (Object::Domain(from), Object::Domain(to)) => {
            ddl::domain::alter(from, to).is_none().then_some(&to.name)
        }
        (Object::Composite(from), Object::Composite(to)) => {
            ddl::composite::alter(from, to).is_none().then_some(&to.name)
        }
        _ => None,
    }
}

/// Casts all columns of the type to another that takes its name.
async fn replace_type(client: &Client, name: &Name, from: &Object, to: &Object, all: &Catalog) -> TestResult {
    let mut old = from.object_name();
    old.name += " (old)";
    run(client, &ddl::rename(&from.object_name(), &old)).await?;
    run(client, &ddl::create(to)).await?;
    let columns = client
        .query(
            "select n.nspname, c.relname, a.attname, a.atttypid <> t.oid, d.oid is not null
             from pg_type t
                join pg_namespace tn on tn.oid = t.typnamespace
                join pg_attribute a on a.atttypid in (t.oid, t.typarray)
                join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p')
                join pg_namespace n on n.oid = c.relnamespace
                left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
             where t.typname = $1 and tn.nspname = $2 and a.attinhcount = 0 and not a.attisdropped",
            &[&old.name, &old.schema],
        )
        .await?;
    for row in columns {
        let table = Name::new(row.get::<_, String>(0), row.get::<_, String>(1));
        let (column, array): (String, bool) = (row.get(2), row.get(3));
        let brackets = if array { "[]" } else { "" };
        let ty = format!("\"{}\".\"{}\"{brackets}", name.schema, name.name);
        if row.get(4) {
            run(client, &[ddl::column::set_default(&table, &column, None)]).await?;
        }
        let target = all.table(&table).and_then(|table| table.column(&column)).filter(|it| it.ty == ty);
        let meanwhile = orm_kit::catalog::Column::new(&column, &ty);
        let cast = ddl::column::cast_by_text(&column, &ty);
        run(client, &[ddl::column::set_type(&table, &meanwhile, Some(&cast))]).await?;
        if let Some(default) = target.and_then(|column| column.default.as_deref()) {
            run(client, &[ddl::column::set_default(&table, &column, Some(default))]).await?;
        }
    }
    let old_name = Name::new(&old.schema, &old.name);
    run(client, &[drop_type(from, &old_name)]).await
}

fn drop_type(object: &Object, name: &Name) -> String {
    match object {
        Object::Domain(_) => ddl::domain::drop(name),
        _ => ddl::enum_type::drop(name),
    }
}
