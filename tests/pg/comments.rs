//! Doc comments become comments in the database.

use crate::TestResult;
use crate::catalog::Catalog;
use mizzle::prelude::*;

/// It's a "note"; with a \backslash,
///
///   and 'quotes' '' of $$every$$ kind -- really /* yes */.
#[derive(Table)]
#[orm(table = "notes")]
#[expect(dead_code, reason = "only the catalog is looked at")]
struct Note {
    #[orm(primary_key)]
    id: i32,
    /// What is said: größe, \u{1F600}; 日本.
    body: String,
    #[doc = " it's\nbroken "]
    other: Option<String>,
}

#[tokio::test]
async fn comments_say_what_the_source_says() -> TestResult {
    const SCHEMA: Schema = schema![Note];
    let catalog = Catalog::create(&SCHEMA).await?;
    assert_eq!(
        catalog.comments("notes").await?,
        [
            "table: It's a \"note\"; with a \\backslash,\n\n  and 'quotes' '' of $$every$$ kind -- really /* yes */.",
            "body: What is said: größe, \\u{1F600}; 日本.",
            "other: it's\nbroken",
        ]
    );
    Ok(())
}
