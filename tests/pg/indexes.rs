//! Indexes.

use crate::TestResult;
use crate::catalog::Catalog;
use mizzle::prelude::*;

#[derive(Table)]
#[orm(
    table = "papers",
    index(title, year.desc()),
    index(name = "papers_by_year", columns(year.desc().nulls_last(), title.asc().nulls_first())),
    index(name = "papers_lower", columns("lower(title)", year), unique),
    index(name = "papers_tags", columns(tags), using = gin, with = "fastupdate = off"),
    index(name = "papers_recent", columns(year), where = "year > 2000 and title <> 'it''s'", include(title, tags)),
    index(name = "a \"quoted\" index", columns(title), using = "hash")
)]
#[expect(dead_code, reason = "only the catalog is looked at")]
struct Paper {
    #[orm(primary_key)]
    id: i32,
    #[orm(index)]
    title: String,
    #[orm(
        index(name = "papers_year"),
        index(desc, nulls_last, unique, where = "year > 1900", include(title))
    )]
    #[orm(index(name = "papers_year_hash", using = hash, with = "fillfactor = 90"))]
    year: Option<i32>,
    tags: Vec<String>,
}

#[tokio::test]
async fn indexes_are_made_as_declared() -> TestResult {
    const SCHEMA: Schema = schema![Paper];
    let catalog = Catalog::create(&SCHEMA).await?;
    assert_eq!(
        catalog.indexes("papers").await?,
        [
            r#"CREATE INDEX "a ""quoted"" index" ON public.papers USING hash (title)"#,
            "CREATE INDEX papers_by_year ON public.papers USING btree (year DESC NULLS LAST, title NULLS FIRST)",
            "CREATE UNIQUE INDEX papers_lower ON public.papers USING btree (lower(title), year)",
            "CREATE INDEX papers_recent ON public.papers USING btree (year) INCLUDE (title, tags) WHERE ((year > 2000) AND (title <> 'it''s'::text))",
            "CREATE INDEX papers_tags ON public.papers USING gin (tags) WITH (fastupdate=off)",
            "CREATE INDEX papers_title_idx ON public.papers USING btree (title)",
            "CREATE INDEX papers_title_year_idx ON public.papers USING btree (title, year DESC)",
            "CREATE INDEX papers_year ON public.papers USING btree (year)",
            "CREATE INDEX papers_year_hash ON public.papers USING hash (year) WITH (fillfactor='90')",
            "CREATE UNIQUE INDEX papers_year_title_idx ON public.papers USING btree (year DESC NULLS LAST) INCLUDE (title) WHERE (year > 1900)",
        ]
    );
    Ok(())
}
