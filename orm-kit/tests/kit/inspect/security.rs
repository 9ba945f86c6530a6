//! Policies and roles.

use super::{database, table};
use crate::TestResult;
use orm_kit::catalog::{Policy, PolicyCommand, Role, RowSecurity};
use orm_kit::inspect::{Scope, inspect};

#[tokio::test]
async fn a_policy_says_for_whom_and_which_rows() -> TestResult {
    let found = table(
        "create table t (a int, b text); alter table t enable row level security;
         create policy one on t using (a > 0 and b is not null);
         create policy two on t as restrictive for insert to pg_signal_backend, pg_monitor with check (exists (select 1));
         create policy three on t for delete to current_user using ((select true));
         comment on policy one on t is 'the first'",
    )
    .await?;
    assert_eq!(found.row_security, RowSecurity::Enabled);
    let [one, three, two] = found.policies.as_slice() else { panic!("{:?}", found.policies) };
    assert_eq!(
        *one,
        Policy {
            name: "one".to_owned(),
            permissive: true,
            command: PolicyCommand::All,
            to: vec!["public".to_owned()],
            using: Some("(a > 0) AND (b IS NOT NULL)".to_owned()),
            with_check: None,
            comment: Some("the first".to_owned()),
        }
    );
    assert_eq!(
        *two,
        Policy {
            name: "two".to_owned(),
            permissive: false,
            command: PolicyCommand::Insert,
            to: vec!["pg_monitor".to_owned(), "pg_signal_backend".to_owned()],
            using: None,
            with_check: two.with_check.clone(),
            comment: None,
        }
    );
    assert!(two.with_check.as_ref().is_some_and(|check| check.starts_with("EXISTS")), "{two:?}");
    assert_eq!(three.command, PolicyCommand::Delete);
    assert!(three.using.as_ref().is_some_and(|using| using.starts_with("( SELECT true")), "{three:?}");
    Ok(())
}

#[tokio::test]
async fn roles_are_looked_at_when_asked_for() -> TestResult {
    let (mut client, _database) = database("").await?;
    // Roles are the whole server's, so these are never committed.
    let tx = client.transaction().await?;
    tx.batch_execute(
        "create role mizzle_kit_group nologin;
         create role mizzle_kit_user login noinherit createdb createrole bypassrls in role mizzle_kit_group",
    )
    .await?;
    let nobody = inspect(tx.client(), &Scope::default()).await?;
    assert_eq!(nobody.catalog.roles, []);
    let found =
        inspect(tx.client(), &Scope::default().roles(["mizzle_kit_user", "mizzle_kit_group"])).await?;
    let group = Role {
        name: "mizzle_kit_group".to_owned(),
        login: false,
        inherit: true,
        create_db: false,
        create_role: false,
        bypass_rls: false,
        member_of: Vec::new(),
    };
    let user = Role {
        name: "mizzle_kit_user".to_owned(),
        login: true,
        inherit: false,
        create_db: true,
        create_role: true,
        bypass_rls: true,
        member_of: vec!["mizzle_kit_group".to_owned()],
    };
    assert_eq!(found.catalog.roles, [group, user]);
    Ok(())
}
