//! Rules that a person silences.

use super::case::Folder;
use crate::TestResult;
use orm_kit::catalog::Catalog;

fn said(script: &str) -> Result<String, Box<dyn std::error::Error>> {
    let findings = match Folder::new(&Catalog::default(), &[script])?.lint() {
        Ok(findings) => findings,
        // Folders have names of their own.
        Err(error) => return Ok(error.to_string().rsplit_once("_case/").unwrap().1.to_owned()),
    };
    let names: Vec<_> = findings.iter().map(|it| format!("{}:{}", it.line, it.rule.name())).collect();
    Ok(names.join(" "))
}

#[test]
fn a_rule_is_silent_where_it_is_allowed_for_a_reason() -> TestResult {
    let two = "
        -- mizzle: allow index-not-concurrent: it has ten rows
        create index a on app.notes (a);
        create index b on app.notes (b);";
    assert_eq!(said(two)?, "4:index-not-concurrent");
    Ok(())
}

#[test]
fn an_accepted_hazard_silences_the_rules_about_it() -> TestResult {
    let blocking = "-- mizzle: allow blocking\ncreate index a on app.notes (a);\ndrop table app.notes;";
    assert_eq!(said(blocking)?, "3:table-dropped");
    let one = "select 1;\n-- mizzle: allow data-loss\ndrop table app.notes;\ndrop table app.others;";
    assert_eq!(said(one)?, "4:table-dropped 4:tables-locked-together");
    Ok(())
}

#[test]
fn what_silences_nothing_is_told() -> TestResult {
    let unused = "-- mizzle: allow table-dropped: nobody uses it\ncreate table app.notes (id bigint);";
    assert_eq!(said(unused)?, "2:allow-unused");
    Ok(())
}

#[test]
fn a_rule_that_is_none_and_a_missing_reason_are_errors() -> TestResult {
    assert_eq!(
        said("select 1;\n-- mizzle: allow index-not-concurent: ten rows\nselect 2;")?,
        "migration.sql:3: there is no rule `index-not-concurent` to allow; `mizzle lint --rules` lists them"
    );
    assert_eq!(
        said("select 1;\n-- mizzle: allow table-dropped\ndrop table app.notes;")?,
        "migration.sql:3: `table-dropped` is allowed without a reason; say why it is right here: \
         `-- mizzle: allow table-dropped: <reason>`"
    );
    Ok(())
}

#[test]
fn a_table_that_is_new_is_in_nobodys_way() -> TestResult {
    let new = "
        create table app.notes (id bigint primary key, body text);
        create index a on app.notes (body);
        alter table app.notes add constraint b check (body <> '');
        alter table app.notes alter column body set not null;
        alter table app.notes add column c uuid not null default gen_random_uuid();
        alter table app.notes alter column c type text;
        alter table app.notes rename to remarks;
        create index d on app.remarks (c);
        update app.remarks set c = 'x';
        drop table app.remarks;";
    assert_eq!(said(new)?, "");
    Ok(())
}

#[test]
fn what_a_transaction_holds_already_is_no_more_in_the_way() -> TestResult {
    let gap = "
        alter table app.notes drop constraint notes_body;
        drop index app.other;
        create index other on app.notes (body);";
    assert_eq!(said(gap)?, "3:index-drop-not-concurrent 4:index-not-concurrent");
    let computed = "
        alter table app.notes drop column size;
        alter table app.notes add column size integer generated always as (length(body)) stored;";
    assert_eq!(said(computed)?, "3:column-generated");
    Ok(())
}
