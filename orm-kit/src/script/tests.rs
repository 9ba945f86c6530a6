//! Scripts of all sorts, and of none.
#![allow(clippy::string_slice, reason = "a test fails by panicking")]

use super::lexer::{TokenKind, lex};
use super::split::split;
use super::*;
use proptest::prelude::*;

fn statements(text: &str) -> Vec<String> {
    Script::parse(text).unwrap().statements().map(|statement| statement.sql.clone()).collect()
}

fn refused(text: &str) -> String {
    Script::parse(text).unwrap_err().to_string()
}

#[test]
fn a_semicolon_ends_a_statement_only_outside_of_everything() {
    for one in [
        "select ';'",
        r"select E'\';' ';'",
        "select E'a'\n  -- more\n 'b\\';'",
        r"select '\' , ';'",
        "select \"a;\"\"b\"",
        "select $$;$$",
        "select $a$ $b$; $a $$ $a$",
        "select a$b$ + $1",
        "select /* ; /* ; */ ; */ 1",
        "select 1 -- ;\n, 2",
        "select U&'\\0041;' , n'x;', b'0', x'f'",
        "create rule r as on insert to t do also (insert into u values (1); insert into v values (2))",
        "create function f() returns int begin atomic select case when true then 1 else 2 end; select 3; end",
        "create or replace procedure p() language sql begin atomic; insert into t values (1); end",
        "create function f(\"end\" int) returns int begin atomic select t.end, 1 as end from t; end",
        "select $\u{e9}t\u{e9}$;$\u{e9}t\u{e9}$",
        "select 1e'\\';'",
    ] {
        assert_eq!(statements(&format!("{one};\nselect 2")), [one, "select 2"], "{one}");
    }
}

#[test]
fn begin_is_a_name_elsewhere() {
    assert_eq!(statements("select begin_ from t; select end_"), ["select begin_ from t", "select end_"]);
    assert_eq!(statements("select 1 as begin; select 2 as case"), ["select 1 as begin", "select 2 as case"]);
}

#[test]
fn nothing_is_no_statement() {
    for text in ["", ";", " ;; -- no\n;/* */", "\u{feff}", "-- mizzle: contract"] {
        assert_eq!(statements(text), [""; 0], "{text:?}");
    }
}

#[test]
fn a_statement_knows_its_line() {
    let script = Script::parse("-- head\n\nselect\n1;\r\nselect $$\r\n$$; select 2").unwrap();
    let lines: Vec<_> =
        script.statements().map(|statement| (statement.line, statement.sql.as_str())).collect();
    assert_eq!(lines, [(3, "select\n1"), (5, "select $$\n$$"), (6, "select 2")]);
}

#[test]
fn line_ends_do_not_matter() {
    let text = "-- mizzle: no transaction\nselect '\n';\n-- mizzle: allow x: y\nselect 2;\n";
    assert_eq!(Script::parse(text).unwrap(), Script::parse(&text.replace('\n', "\r\n")).unwrap());
}

#[test]
fn directives_make_segments() {
    let script = Script::parse(
        "-- mizzle: contract
         -- mizzle: allow data-loss
         -- Why.
         drop table a;
         --mizzle: no transaction
         -- mizzle: allow slow: it is small
         vacuum a;
         -- mizzle: batches by \"public\".\"workers\" (\"id\", \"b;\")
         update \"public\".\"workers\" set a = b where (a is null);
         -- mizzle: transaction
         select 1; select 2;
         -- mizzle: transaction
         select 3;
         -- mizzle: no transaction",
    )
    .unwrap();
    assert!(script.contract);
    assert_eq!(script.allows, [Allow { word: "data-loss".to_owned(), reason: String::new() }]);
    let modes: Vec<_> =
        script.segments.iter().map(|segment| (segment.mode.clone(), segment.statements.len())).collect();
    let key = vec!["\"id\"".to_owned(), "\"b;\"".to_owned()];
    assert_eq!(
        modes,
        [
            (Mode::Transaction, 1),
            (Mode::Direct, 1),
            (Mode::Batches { table: "\"public\".\"workers\"".to_owned(), key }, 1),
            (Mode::Transaction, 2),
            (Mode::Transaction, 1),
        ]
    );
    let vacuum = &script.segments[1].statements[0];
    assert_eq!(vacuum.allows, [Allow { word: "slow".to_owned(), reason: "it is small".to_owned() }]);
}

#[test]
fn what_has_no_end_is_named_by_its_beginning() {
    for (text, message) in [
        ("select 1;\nselect 'a", "line 2: the string that begins here has no end; close it with `'`"),
        ("select \"a", "line 1: the name that begins here has no end; close it with `\"`"),
        ("\n/* /* */", "line 2: the comment that begins here has no end; close it with `*/`"),
        ("do $x$ $$", "line 1: the dollar-quoted string that begins here has no end; close it with `$x$`"),
        ("select (\n(1)", "line 1: the parenthesis that opens here is not closed; add a `)`"),
        (
            "create function f() returns int begin atomic select 1;",
            "line 1: the `begin atomic` of this statement has no `end`; add `end;`",
        ),
        ("select 1;\0", "line 1: found a NUL character; PostgreSQL takes none, remove it"),
        (
            "select 1;\n\\copy t from 'f'",
            "line 2: `\\copy` is a command of psql, which the server does not know; write SQL in its place",
        ),
    ] {
        assert_eq!(refused(text), message);
    }
}

#[test]
fn what_cannot_run_there_is_refused() {
    let alone = "PostgreSQL does not run this in a transaction; put `-- mizzle: no transaction` on a line above it, \
                 and `-- mizzle: transaction` above what comes behind it";
    for sql in [
        "create unique index concurrently a on b (c)",
        "drop index concurrently if exists a",
        "reindex (verbose) table concurrently a",
        "REINDEX DATABASE a",
        "vacuum full a",
        "alter system set a = 1",
        "create database a",
        "drop tablespace a",
        "alter table only a * detach partition b concurrently",
        "cluster",
    ] {
        assert_eq!(refused(&format!("select 1;\n/* x */ {sql}")), format!("line 2: `{sql}`: {alone}"));
        assert!(Script::parse(&format!("-- mizzle: no transaction\n{sql}")).is_ok(), "{sql}");
    }
    for (text, message) in [
        (
            "begin; select 1",
            "line 1: `begin`: the migrator begins and ends transactions itself; remove it, and divide the script by \
             `-- mizzle: transaction`",
        ),
        (
            "copy a (b) from stdin",
            "line 1: `copy a (b) from stdin`: `copy` from or to the client needs a program that sends the rows; write \
             `insert`s, or load the rows by `psql`",
        ),
        (
            "-- mizzle: no transaction\ncreate index concurrently on a (b)",
            "line 2: `create index concurrently on a (b)`: the index has no name, so that a run that is resumed could \
             not find it; name it",
        ),
        (
            "-- mizzle: batches by a (b)\nupdate a set c = (1)",
            "line 2: `update a set c = (1)`: what runs in batches is an `update` or `delete` whose last thing is a \
             condition in parentheses; write it as `update .. where (..)`",
        ),
        (
            "-- mizzle: batches by a (b)\nupdate a set c = 1 where (d);\nselect 1",
            "line 3: `select 1`: a second statement in a segment of batches, which is one `update` or `delete`; put a \
             directive of its own above it, such as `-- mizzle: transaction`",
        ),
        (
            "-- mizzle: batches a (b)",
            "line 1: found `batches a (b)`; expected the table and the columns of its key, as in `batches by \
             \"public\".\"workers\" (\"id\")`",
        ),
        (
            "select 1 -- mizzle: transaction\n;",
            "line 1: a directive inside the statement that begins in line 1; end the statement by `;` before it",
        ),
        (
            "select 1; -- mizzle: transaction",
            "line 1: a directive behind something else; put it on a line of its own",
        ),
        (
            "select 1;\n-- mizzle: contract",
            "line 2: this directive is about the whole script; put it above the first statement",
        ),
        (
            "-- mizzle: notransaction",
            "line 1: unknown directive `notransaction`; expected one of `transaction`, `no transaction`, `batches by \
             <table> (<key>)`, `step <function> of <table>`, `contract`, `allow <rule>: <reason>`, `irreversible: <reason>`, \
             `replaces <migration>`",
        ),
    ] {
        assert_eq!(refused(text), message);
    }
}

#[test]
fn what_can_run_in_a_transaction_is_not_refused() {
    for sql in [
        "alter type a add value 'b'",
        "refresh materialized view concurrently a",
        "cluster a using b",
        "alter table a detach partition b",
        "create index a on b (concurrently)",
        "reindex table a",
        "commit_all()",
        "copy a to 'file'",
        "set local role a",
    ] {
        assert!(Script::parse(sql).is_ok(), "{sql}");
    }
}

#[test]
fn a_plan_is_read_as_it_was_written() {
    use crate::plan::{Plan, Segment, Statement};
    let segment = |mode, statements: &[(&str, &str)]| {
        let statements = statements
            .iter()
            .map(|(comment, sql)| Statement { comment: (*comment).into(), sql: (*sql).into() });
        Segment { mode, statements: statements.collect() }
    };
    let batches = Mode::Batches { table: "\"a;\"".to_owned(), key: vec!["\"b)\"".to_owned()] };
    let segments = vec![
        segment(Mode::Transaction, &[("two\nlines", "select 1 -- end"), ("", "select ';'")]),
        segment(Mode::Direct, &[("mizzle: transaction\n--mizzle: contract", "vacuum")]),
        segment(batches, &[("", "update \"a;\" set c = 1 where (c is null)")]),
        segment(Mode::Transaction, &[("", "select 2")]),
    ];
    let text = render(&Plan { segments: segments.clone(), hazards: vec![] }, true);
    let script = Script::parse(&text).unwrap();
    assert!(script.contract);
    let strip = |sql: &str| sql.trim_end_matches(" -- end").to_owned();
    let written: Vec<_> = segments
        .iter()
        .map(|s| (s.mode.clone(), s.statements.iter().map(|s| strip(&s.sql)).collect::<Vec<_>>()))
        .collect();
    let read: Vec<_> = script
        .segments
        .iter()
        .map(|s| (s.mode.clone(), s.statements.iter().map(|s| s.sql.clone()).collect::<Vec<_>>()))
        .collect();
    assert_eq!(read, written);
}

#[test]
fn locks_are_those_of_the_manual() {
    for (sql, expected) in [
        (
            "create table a (b int references c.d, e int, foreign key (e) references f)",
            "share row exclusive c.d, share row exclusive f",
        ),
        ("create table a partition of b for values in (1)", "access exclusive b"),
        ("create index concurrently a on only b (c)", "share update exclusive b"),
        ("create unique index a on b (c)", "share b"),
        ("alter table a add column b int, alter c set statistics 5", "access exclusive a"),
        ("alter table a alter c set statistics 5", "share update exclusive a"),
        ("alter table only \"a\".\"b\" validate constraint c", "share update exclusive \"a\".\"b\""),
        (
            "alter table a add constraint b foreign key (c, d) references e not valid",
            "share row exclusive a, share row exclusive e",
        ),
        ("alter table a set (fillfactor = 5)", "share update exclusive a"),
        ("alter table a attach partition b default", "share update exclusive a, access exclusive b"),
        ("alter table a detach partition b concurrently", "share update exclusive a, access exclusive b"),
        ("alter table a disable trigger all, validate constraint c", "share row exclusive a"),
        ("drop table a, b.c cascade", "access exclusive a, access exclusive b.c"),
        ("drop trigger a on b", "access exclusive b"),
        (
            "create trigger a after insert or update of x on b for each row execute function f()",
            "share row exclusive b",
        ),
        ("create policy a on b using (true)", "access exclusive b"),
        ("comment on column a.b.c is ''", "share update exclusive a.b"),
        ("vacuum (full, analyze) a", "access exclusive a"),
        ("vacuum analyze a", "share update exclusive a"),
        ("reindex table concurrently a", "share update exclusive a"),
        ("refresh materialized view concurrently a", "exclusive a"),
        ("update only a set b = 1", "row exclusive a"),
        ("lock table a in share update exclusive mode", "share update exclusive a"),
        ("select (select 1 from x) from a for update", "row share a"),
        ("create type a as enum ()", ""),
        ("grant select on a to b", ""),
    ] {
        let locks = lock::locks(sql).unwrap();
        let words: Vec<_> = locks.iter().map(|lock| format!("{} {}", lock.level, lock.table)).collect();
        assert_eq!(words.join(", "), expected, "{sql}");
    }
    assert_eq!(lock::locks("do $$ begin end $$"), None);
}

/// Text of which much is SQL.
fn sql() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "select",
        "create",
        "function",
        "begin",
        "atomic",
        "case",
        "end",
        "as",
        "'",
        "\"",
        "$$",
        "$a$",
        "/*",
        "*/",
        "--",
        "\n",
        "\r\n",
        ";",
        "(",
        ")",
        "e'",
        "\\",
        "é",
        " ",
        " ",
        "1",
        "concurrently",
        "index",
        "on",
        ".",
        ",",
        "-- mizzle: ",
        "transaction",
        "batches by",
        "update",
        "where",
        "\0",
    ]);
    let piece = prop_oneof![9 => words.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn tokens_are_the_text(text in sql()) {
        if let Ok(tokens) = lex(&text) {
            let joined: String = tokens.iter().map(|token| &text[token.range.clone()]).collect();
            prop_assert_eq!(joined, text);
        }
    }

    #[test]
    fn pieces_are_the_text(text in sql()) {
        if let Ok(pieces) = split(&text) {
            let ranges = pieces.iter().flat_map(|piece| [&piece.before, &piece.body, &piece.after]);
            let joined: String = ranges.map(|range| &text[range.clone()]).collect();
            prop_assert_eq!(joined, text);
        }
    }

    #[test]
    fn a_statement_alone_is_itself(text in sql()) {
        for piece in split(&text).unwrap_or_default() {
            let body = &text[piece.body];
            let again = split(body).unwrap();
            prop_assert!(again.iter().all(|piece| &body[piece.body.clone()] == body));
            prop_assert!(again.len() <= 1);
            let first = lex(body).unwrap().first().map(|token| token.kind);
            prop_assert!(!first.is_some_and(TokenKind::is_blank));
        }
    }

    #[test]
    fn nothing_panics(bytes in prop::collection::vec(any::<u8>(), 0..200), text in sql()) {
        for text in [String::from_utf8_lossy(&bytes).into_owned(), text] {
            let _ = Script::parse(&text);
            let _ = lock::locks(&text);
            let _ = Kind::of(&text);
        }
    }
}

#[test]
fn a_script_may_stand_for_others() {
    let text = "-- mizzle: replaces 20260101000000_a\n-- mizzle: replaces 20260102000000_b\n\nselect 1;\n";
    let script = Script::parse(text).unwrap();
    assert_eq!(script.replaces, ["20260101000000_a", "20260102000000_b"]);
    assert_eq!(script.statements().count(), 1);
    let behind = Script::parse("select 1;\n-- mizzle: replaces 20260101000000_a").unwrap_err();
    assert_eq!(
        behind.to_string(),
        "line 2: this directive is about the whole script; put it above the first statement"
    );
}

#[test]
fn a_snapshot_says_what_is_declared_and_nothing_else() {
    for sql in [
        "create table a (b int)",
        "create table if not exists public.a (b int generated always as (1) stored)",
        "create unlogged table a ()",
        "create unique index concurrently i on a (b)",
        "create or replace function f() returns int language sql as 'select 1'",
        "create materialized view v as select 1",
        "alter table a add b int",
        "drop index concurrently i",
        "comment on table a is 'x'",
        "grant select on a to b",
        "update a set b = 1",
        "delete from a",
        "set local lock_timeout to '1s'",
        "/* why */ refresh materialized view v",
    ] {
        assert!(is_declarative(sql), "{sql}");
    }
    for sql in [
        "insert into a values (1)",
        "with b as (insert into a values (1) returning 1) select 1",
        "select setval('s', 5)",
        "do 'begin end'",
        "call p()",
        "create table a as select 1",
        "create table if not exists public.a as values (1)",
        "create publication p for all tables",
        "create rule r as on insert to a do nothing",
        "create temp table a ()",
        "alter system set work_mem = '1MB'",
        "alter default privileges grant select on tables to a",
        "copy a from '/tmp/a'",
    ] {
        assert!(!is_declarative(sql), "{sql}");
    }
}

#[test]
fn a_step_of_the_program_stands_between_statements() {
    let text =
        "create table a ();\n-- mizzle: step names of public.\"U\"\n-- mizzle: step logs\n\nselect 1;\n";
    let script = Script::parse(text).unwrap();
    let modes: Vec<_> = script.segments.iter().map(|segment| segment.mode.clone()).collect();
    let step = |name: &str, table: Option<&str>| Mode::Step {
        name: name.to_owned(),
        table: table.map(str::to_owned),
    };
    assert_eq!(
        modes,
        [Mode::Transaction, step("names", Some("public.\"U\"")), step("logs", None), Mode::Transaction]
    );
    let lines: Vec<_> =
        script.statements().map(|statement| (statement.line, statement.sql.as_str())).collect();
    assert_eq!(
        lines[1..],
        [(2, "-- mizzle: step names of public.\"U\""), (3, "-- mizzle: step logs"), (5, "select 1")]
    );
    let last = Script::parse("-- mizzle: no transaction\nvacuum;\n-- mizzle: step logs").unwrap();
    assert_eq!(last.segments.last().unwrap().mode, step("logs", None));
    for wrong in ["step", "step of a", "step a of", "step a.b", "step a of b c", "step a b"] {
        let error = Script::parse(&format!("-- mizzle: {wrong}")).unwrap_err().to_string();
        assert_eq!(
            error,
            format!(
                "line 1: found `{wrong}`; expected the name of a function and of the table that it goes through, as in \
                 `step usernames of public.users`"
            )
        );
    }
}
