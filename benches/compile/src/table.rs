//! The generated tables: what they have in common whoever writes the queries.

/// A column of every table but the key.
pub struct Column {
    pub name: &'static str,
    /// The Rust type; `Status` is the table's enum.
    pub ty: &'static str,
    /// An attribute of mizzle's, if it needs one.
    pub attribute: &'static str,
}

const fn column(name: &'static str, ty: &'static str, attribute: &'static str) -> Column {
    Column { name, ty, attribute }
}

/// The columns; the key is a uuid in every other table, else a number.
pub const COLUMNS: [Column; 15] = [
    column("id", "Key", ""),
    column("owner_id", "i64", "index"),
    column("name", "String", "varchar(100)"),
    column("title", "String", ""),
    column("email", "Option<String>", "varchar(255), unique"),
    column("notes", "Option<String>", ""),
    column("score", "i32", "default = 100"),
    column("rank", "Option<i32>", ""),
    column("total", "i64", "default = 0"),
    column("active", "bool", "default = true"),
    column("balance", "Decimal", "numeric(20, 6)"),
    column("settings", "serde_json::Value", ""),
    column("status", "Status", "default = Status::Created"),
    column("created_at", "DateTime<Utc>", "default = now()"),
    column("updated_at", "Option<DateTime<Utc>>", ""),
];

/// The variants of the enums.
pub const VARIANTS: [&str; 5] = ["Created", "Assigned", "InProgress", "Completed", "Cancelled"];

/// One of the generated tables.
#[derive(Clone, Copy)]
pub struct Table {
    pub number: usize,
}

impl Table {
    pub fn key(self) -> &'static str {
        if self.number.is_multiple_of(2) { "Uuid" } else { "i64" }
    }

    /// Ten tables share an enum.
    pub fn status(self) -> usize {
        self.number / 10
    }

    /// The fields of its struct, each behind `attribute`.
    pub fn fields(self, attribute: impl Fn(&Column) -> String) -> String {
        let field = |column: &Column| {
            let ty = if column.ty == "Key" { self.key() } else { column.ty };
            format!("{}    pub {}: {ty},\n", attribute(column), column.name)
        };
        COLUMNS.iter().map(field).collect()
    }

    /// What its module uses.
    pub fn uses(self) -> String {
        let uuid = if self.key() == "Uuid" { "use uuid::Uuid;\n" } else { "" };
        let status = self.status();
        format!(
            "use chrono::{{DateTime, Utc}};\nuse rust_decimal::Decimal;\n{uuid}use crate::status::Status{status} as Status;\n"
        )
    }
}
