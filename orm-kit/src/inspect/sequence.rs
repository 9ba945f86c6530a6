//! Sequences: those of their own, and how identity columns count.

use super::fields::Fields;
use super::not_of_extension;
use super::table::Tables;
use crate::Error;
use crate::catalog::{Sequence, SequenceOptions};
use tokio_postgres::Row;

pub(super) fn sql() -> String {
    let not_of_extension = not_of_extension("pg_class", "c.oid");
    format!(
        "
        select n.nspname, c.relname, format_type(s.seqtypid, null), s.seqincrement, s.seqmin, s.seqmax, s.seqstart,
            s.seqcache, s.seqcycle, d.description, o.oid, coalesce(o.internal, false), o.nspname, o.relname, o.attname
        from pg_sequence s
            join pg_class c on c.oid = s.seqrelid
            join pg_namespace n on n.oid = c.relnamespace
            left join (
                select d.objid, d.deptype = 'i' as internal, t.oid, tn.nspname, t.relname, a.attname
                from pg_depend d
                    join pg_class t on t.oid = d.refobjid
                    join pg_namespace tn on tn.oid = t.relnamespace
                    join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
                where d.classid = 'pg_class'::regclass and d.objsubid = 0 and d.deptype in ('a', 'i')
                    and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0
            ) o on o.objid = c.oid
            left join pg_description d
                on d.objoid = c.oid and d.classoid = 'pg_class'::regclass and d.objsubid = 0
        where c.relnamespace = any ($1) and {not_of_extension}"
    )
}

/// The sequences; what those of identity columns say goes to their columns.
pub(super) fn read(rows: &[Row], tables: &mut Tables) -> Result<Vec<Sequence>, Error> {
    let mut sequences = Vec::new();
    for row in rows {
        let mut fields = Fields::of(row);
        let name = fields.name()?;
        let ty: String = fields.take()?;
        let options = options(&mut fields, &ty)?;
        let comment = fields.take()?;
        let (owner, internal): (Option<u32>, bool) = (fields.take()?, fields.take()?);
        let table = fields.name_or_none()?;
        let column: Option<String> = fields.take()?;
        if internal {
            let table = owner.and_then(|owner| tables.get_mut(&owner));
            let columns = table.map(|table| table.columns.iter_mut()).into_iter().flatten();
            let mut counted = columns.filter(|known| Some(&known.name) == column.as_ref());
            if let Some(identity) = counted.next().and_then(|column| column.identity.as_mut()) {
                identity.options = options;
            }
        } else {
            sequences.push(Sequence { name, ty, options, owned_by: table.zip(column), comment });
        }
    }
    Ok(sequences)
}

/// What is not the default of CREATE SEQUENCE.
fn options(fields: &mut Fields<'_>, ty: &str) -> Result<SequenceOptions, Error> {
    let (least, greatest) = match ty {
        "smallint" => (i64::from(i16::MIN), i64::from(i16::MAX)),
        "integer" => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => (i64::MIN, i64::MAX),
    };
    let other_than = |default: i64, found: i64| (found != default).then_some(found);
    let increment: i64 = fields.take()?;
    let (usual_min, usual_max) = if increment < 0 { (least, -1) } else { (1, greatest) };
    let (min, max): (i64, i64) = (fields.take()?, fields.take()?);
    Ok(SequenceOptions {
        increment: other_than(1, increment),
        min: other_than(usual_min, min),
        max: other_than(usual_max, max),
        start: other_than(if increment < 0 { max } else { min }, fields.take()?),
        cache: other_than(1, fields.take()?),
        cycle: fields.take()?,
    })
}
