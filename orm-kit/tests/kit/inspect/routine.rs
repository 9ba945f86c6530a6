//! Functions, procedures and triggers.

use super::{catalog, database, public};
use crate::TestResult;
use orm_kit::catalog::{Routine, Trigger};
use orm_kit::inspect::{Scope, inspect};

#[tokio::test]
async fn a_routine_is_the_statement_that_makes_it() -> TestResult {
    let found = catalog(
        "create function total(price numeric, variadic n int[] default '{}') returns numeric
             language sql immutable as $$ select price * n[1] $$;
         create function total() returns int language sql as 'select 1';
         create procedure clear(inout a int) language plpgsql as $x$ begin a := 0; end $x$;
         comment on function total() is 'one'; comment on procedure clear is 'zero'",
    )
    .await?;
    let routine = |name: &str, arguments: &str, definition: &str, comment: Option<&str>| Routine {
        name: public(name),
        arguments: arguments.to_owned(),
        procedure: name == "clear",
        definition: definition.to_owned(),
        comment: comment.map(str::to_owned),
    };
    assert_eq!(
        found.routines,
        [
            routine(
                "clear",
                "INOUT a integer",
                "CREATE OR REPLACE PROCEDURE public.clear(INOUT a integer)\n LANGUAGE plpgsql\nAS $procedure$ begin a := 0; end $procedure$",
                Some("zero")
            ),
            routine(
                "total",
                "",
                "CREATE OR REPLACE FUNCTION public.total()\n RETURNS integer\n LANGUAGE sql\nAS $function$select 1$function$",
                Some("one")
            ),
            routine(
                "total",
                "price numeric, VARIADIC n integer[]",
                "CREATE OR REPLACE FUNCTION public.total(price numeric, VARIADIC n integer[] DEFAULT '{}'::integer[])\n \
                 RETURNS numeric\n LANGUAGE sql\n IMMUTABLE\nAS $function$ select price * n[1] $function$",
                None
            ),
        ]
    );
    Ok(())
}

#[tokio::test]
async fn a_trigger_is_the_statement_that_makes_it() -> TestResult {
    let found = catalog(
        "create function f() returns trigger language plpgsql as 'begin return new; end';
         create table t (a int primary key, b text) partition by range (a);
         create table t1 partition of t for values from (0) to (9);
         create trigger touch after update of b on t for each row when (new.b <> old.b) execute function f('x', 1);
         create table u (a int references t);
         create constraint trigger late after insert on u deferrable initially deferred
             for each row execute function f();
         comment on trigger late on u is 'later'",
    )
    .await?;
    let triggers = |name| found.table(&public(name)).unwrap().triggers.as_slice();
    assert_eq!(
        triggers("t"),
        [Trigger {
            name: "touch".to_owned(),
            definition: "CREATE TRIGGER touch AFTER UPDATE OF b ON public.t FOR EACH ROW \
                         WHEN ((new.b <> old.b)) EXECUTE FUNCTION public.f('x', '1')"
                .to_owned(),
            comment: None,
        }]
    );
    assert_eq!(triggers("t1"), []);
    assert_eq!(
        triggers("u"),
        [Trigger {
            name: "late".to_owned(),
            definition:
                "CREATE CONSTRAINT TRIGGER late AFTER INSERT ON public.u DEFERRABLE INITIALLY DEFERRED \
                         FOR EACH ROW EXECUTE FUNCTION public.f()"
                    .to_owned(),
            comment: Some("later".to_owned()),
        }]
    );
    Ok(())
}

#[tokio::test]
async fn a_range_types_own_functions_are_not_listed() -> TestResult {
    let (client, _database) = database("create type span as range (subtype = int)").await?;
    let found = inspect(&client, &Scope::default()).await?;
    assert_eq!(found.catalog.routines, []);
    assert_eq!(found.unmodelled.iter().map(ToString::to_string).collect::<Vec<_>>(), ["type `public.span`"]);
    Ok(())
}
