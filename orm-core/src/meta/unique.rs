//! Which unique key a list of columns names.

use super::{IndexKeyMeta, IndexTargetMeta, TableMeta, TimingMeta};
use crate::sql::equal;

impl TableMeta {
    /// The condition of the partial unique index of just these columns, as written; nothing where a key of them holds for
    /// every row.
    pub(crate) const fn predicate_of(&self, columns: &[&str]) -> &'static str {
        let mut found = "";
        let mut rest = self.indexes;
        while let [index, others @ ..] = rest {
            if index.unique && indexes(index.keys, columns) {
                match index.predicate {
                    None => return "",
                    Some(predicate) if found.is_empty() => found = predicate,
                    Some(_) => {}
                }
            }
            rest = others;
        }
        if !found.is_empty() && self.has_key(columns) { "" } else { found }
    }

    /// Whether the unique key of this name has just these columns, and an insert may name it: PostgreSQL takes none that is
    /// deferrable.
    pub fn is_unique_key(&self, name: &str, columns: &[&str]) -> bool {
        let mut keys = self.primary_key.iter().chain(self.uniques);
        let mut unique = self.indexes.iter().filter(|index| index.unique);
        keys.any(|key| {
            key.name == name && key.timing == TimingMeta::NotDeferrable && same(key.columns, columns)
        }) || unique.any(|index| index.name == name && indexes(index.keys, columns))
    }

    const fn has_key(&self, columns: &[&str]) -> bool {
        if let Some(key) = &self.primary_key
            && same(key.columns, columns)
        {
            return true;
        }
        let mut rest = self.uniques;
        while let [key, others @ ..] = rest {
            if same(key.columns, columns) {
                return true;
            }
            rest = others;
        }
        false
    }
}

const fn indexes(mut keys: &[IndexKeyMeta], mut columns: &[&str]) -> bool {
    while let ([key, other_keys @ ..], [column, other_columns @ ..]) = (keys, columns) {
        match key.target {
            IndexTargetMeta::Column(name) if equal(name.as_bytes(), column.as_bytes()) => {}
            IndexTargetMeta::Column(_) | IndexTargetMeta::Expression(_) => return false,
        }
        (keys, columns) = (other_keys, other_columns);
    }
    keys.is_empty() && columns.is_empty()
}

const fn same(mut a: &[&str], mut b: &[&str]) -> bool {
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
        if !equal(x.as_bytes(), y.as_bytes()) {
            return false;
        }
        (a, b) = (rest_a, rest_b);
    }
    a.is_empty() && b.is_empty()
}
