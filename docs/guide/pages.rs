//! The pages, each as the documentation of a module: `cargo test --doc` runs what is in them.

macro_rules! pages {
    ($($page:ident $file:literal)*) => {
        /// The text of each page.
        pub const PAGES: &[(&str, &str)] =
            &[$((stringify!($page), include_str!(concat!("src/", $file, ".md")))),*];

        $(
            #[cfg(doctest)]
            #[doc = include_str!(concat!("src/", $file, ".md"))]
            pub mod $page {}
        )*
    };
}

pages! {
    introduction "introduction"
    getting_started "getting-started"
    schema "schema"
    select "select"
    expressions "expressions"
    subqueries "subqueries"
    insert "insert"
    update_and_delete "update-and-delete"
    transactions "transactions"
    errors "errors"
    raw_sql "raw-sql"
    testing "testing"
    migrations "migrations"
    existing_databases "existing-databases"
    lint "lint"
    taking_over "taking-over"
    from_drizzle "from-drizzle"
    from_prisma "from-prisma"
    from_typeorm "from-typeorm"
    from_diesel "from-diesel"
    from_sql "from-sql"
}
