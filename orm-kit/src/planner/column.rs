//! Columns: new ones, gone ones, and what can be altered without another type.

use super::default::is_volatile;
use super::names::{column as column_name, derived, quoted};
use super::steps::{Stage, because};
use super::type_change::domain;
use super::view::hazards_of_views;
use super::{Planner, texts};
use crate::catalog::{Column, Identity, Name, ObjectName, Sequence};
use crate::ddl;
use crate::plan::HazardKind;
use orm_core::sql::{quote_ident, quote_literal};

impl Planner<'_> {
    pub(super) fn create_column(&mut self, table: &Name, column: &Column) {
        let object = column_name(table, &column.name);
        let bare = Column { nullable: true, default: None, identity: None, ..column.clone() };
        if column.generated.as_ref().is_some_and(|generated| generated.stored) {
            let message = "its value is computed for every row while nobody can read or write the table";
            self.expand.hazard(HazardKind::Blocking, object, message);
            self.expand.atomic(Stage::Objects, texts(ddl::column::add(table, column)));
        } else if column.generated.is_some() {
            self.quick(&[table], ddl::column::add(table, column));
        } else if let Some(identity) = &column.identity {
            self.create_identity(table, &bare, identity);
        } else if let Some(domain) =
            domain(&self.from, &column.ty).filter(|domain| !domain.checks.is_empty() || domain.not_null)
        {
            let message = format!(
                "`{}` has checks, so that every row is written again while nobody can read or write the table",
                domain.name
            );
            self.expand.hazard(HazardKind::Blocking, object, message);
            self.expand.atomic(Stage::Objects, texts(ddl::column::add(table, column)));
        } else if let Some(default) = column.default.as_deref().filter(|default| is_volatile(default)) {
            let mut statements = ddl::column::add(table, &bare);
            statements.push(ddl::column::set_default(table, &column.name, Some(default)));
            let mut statements = texts(statements);
            if let Some(first) = statements.first_mut() {
                "each row has a value of its own: with the default at once, the whole table would be written again"
                    .clone_into(&mut first.comment);
            }
            self.expand.quick(Stage::Objects, &[table], statements);
            self.backfill(table, &column.name, default, &format!("{} is null", quote_ident(&column.name)));
            if !column.nullable {
                self.set_not_null(table, &column.name, "");
            }
        } else if column.nullable || column.default.is_some() {
            self.quick(&[table], ddl::column::add(table, column));
        } else {
            let update = format!("update {} set {} = ..", quoted(table), quote_ident(&column.name));
            let message = format!(
                "it is `not null` and has no default: it fails if the table has rows. Write `{update}` before its check, \
                 or give it a default; old code that inserts needs one as well"
            );
            self.expand.hazard(HazardKind::MayFail, object, message);
            self.quick(&[table], ddl::column::add(table, &bare));
            let comment = format!("rows that are there have no value: `{update}` goes before this");
            self.set_not_null(table, &column.name, &comment);
        }
    }

    /// An identity column numbers the rows there are by a sequence of its own first; then its sequence goes on.
    fn create_identity(&mut self, table: &Name, bare: &Column, identity: &Identity) {
        let name = &bare.name;
        let sequence = Sequence {
            name: Name::new(&table.schema, derived(&format!("{}_{name}", table.name), "fill")),
            ty: bare.ty.clone(),
            options: identity.options.clone(),
            owned_by: None,
            comment: None,
        };
        let next = format!("nextval({})", quote_literal(&quoted(&sequence.name)));
        let mut statements = ddl::sequence::create(&sequence);
        statements.extend(ddl::column::add(table, bare));
        statements.push(ddl::column::set_default(table, name, Some(&next)));
        let mut statements = texts(statements);
        if let Some(first) = statements.first_mut() {
            "an identity would write the whole table again: this numbers the rows until it can be one"
                .clone_into(&mut first.comment);
        }
        self.expand.quick(Stage::Objects, &[table], statements);
        self.backfill(table, name, &next, &format!("{} is null", quote_ident(name)));
        self.set_not_null(table, name, "");
        let value = format!("nextval({})", quote_literal(&quoted(&sequence.name)));
        self.expand.quick(
            Stage::Objects,
            &[table],
            texts(vec![
                ddl::column::set_default(table, name, None),
                ddl::column::add_identity(table, name, identity),
                set_value(table, name, &value),
                ddl::sequence::drop(&sequence.name),
            ]),
        );
    }

    pub(super) fn drop_column(&mut self, table: &Name, column: &Column) {
        let object = column_name(table, &column.name);
        self.removal().hazard(HazardKind::DataLoss, object.clone(), "its values are gone");
        let drop = ddl::column::drop(table, &column.name);
        let views = if self.online() { self.views_of_all(table) } else { Vec::new() };
        hazards_of_views(&mut self.contract, &views);
        let (mut statements, creates) = self.dropped_and_created(&views);
        statements.push(drop);
        statements.extend(creates);
        if views.is_empty() {
            self.removal().quick(Stage::Objects, &[table], texts(statements));
        } else {
            self.contract.atomic(Stage::Objects, texts(statements));
        }
        self.lose(format!("the values of {object} are gone"));
        if !self.online()
            || column.nullable
            || column.default.is_some()
            || column.identity.is_some()
            || column.generated.is_some()
        {
            return;
        }
        let sql = ddl::column::drop_not_null(table, &column.name);
        let comment = "new code inserts without it; old code still reads and writes it";
        self.expand.quick(Stage::Objects, &[table], vec![because(comment, sql)]);
        self.part_of(table, |table| {
            let found = table.columns.iter_mut().find(|other| other.name == column.name);
            found.into_iter().for_each(|column| column.nullable = true);
        });
    }

    pub(super) fn alter_column(&mut self, table: &Name, from: &Column, to: &Column) {
        if self.is_shadowed(table, &to.name) {
            self.create_shadow(table, &to.name);
            return;
        }
        if to.generated.is_some() && from.generated != to.generated {
            let object = column_name(table, &to.name);
            let message = "it is computed for every row while nobody can read or write the table";
            self.expand.hazard(HazardKind::Blocking, object.clone(), message);
            if from.generated.is_none() {
                self.expand.hazard(
                    HazardKind::DataLoss,
                    object,
                    "the values it has give way to computed ones",
                );
            }
            let mut statements = vec![ddl::column::drop(table, &from.name)];
            statements.extend(ddl::column::add(table, to));
            self.expand.atomic(Stage::Objects, texts(statements));
            return;
        }
        let plain = Column { generated: None, ..from.clone() };
        let from = if from.generated.is_some() && to.generated.is_none() {
            self.quick(&[table], vec![ddl::column::drop_expression(table, &to.name)]);
            &plain
        } else {
            from
        };
        let retyped = from.ty != to.ty || from.collation != to.collation;
        if retyped {
            self.retype(table, from, to);
        }
        let mut like = to.clone();
        like.nullable = true;
        let mut before = Column { nullable: true, ..from.clone() };
        if retyped {
            before.ty.clone_from(&to.ty);
            before.collation.clone_from(&to.collation);
            before.storage = None;
        }
        let identity = like.identity.take().filter(|_| from.identity.is_none());
        if from.identity.is_some() {
            like.identity.clone_from(&to.identity);
        }
        if let Some(statements) = ddl::column::alter(table, &before, &like) {
            self.quick(&[table], statements);
        }
        if from.nullable && !to.nullable {
            let message = "it fails if a row has none";
            self.expand.hazard(HazardKind::MayFail, column_name(table, &to.name), message);
            self.set_not_null(table, &to.name, "");
        } else if !from.nullable && to.nullable {
            self.quick(&[table], vec![ddl::column::drop_not_null(table, &to.name)]);
        }
        if let Some(identity) = identity {
            // Its old sequence is not the one that the column is asked for from now on.
            let owner = (table.clone(), to.name.clone());
            let owned = self.from.sequences.iter().filter(|it| it.owned_by.as_ref() == Some(&owner));
            let apart = owned.map(|it| ddl::sequence::set_owner(&it.name, None)).collect();
            self.quick(&[table], apart);
            self.quick(
                &[table],
                vec![ddl::column::add_identity(table, &to.name, &identity), set_next(table, &to.name)],
            );
        }
    }

    pub(super) fn rename_column(&mut self, from: &ObjectName, to: &ObjectName) {
        let table = super::names::table_of(to);
        if self.is_shadowed(&table, &to.name) {
            self.create_shadow(&table, &to.name);
            return;
        }
        self.quick(&[&table], ddl::rename(from, to));
    }
}

/// Lets the sequence of an identity column go on behind the rows there are.
pub(super) fn set_next(table: &Name, column: &str) -> String {
    let quoted = quoted(table);
    let name = quote_ident(column);
    format!(
        "select setval({}, coalesce((select max({name}) from {quoted}), 0) + 1, false)",
        sequence_of(table, column)
    )
}

fn set_value(table: &Name, column: &str, value: &str) -> String {
    format!("select setval({}, {value}, false)", sequence_of(table, column))
}

fn sequence_of(table: &Name, column: &str) -> String {
    format!("pg_get_serial_sequence({}, {})", quote_literal(&quoted(table)), quote_literal(column))
}
