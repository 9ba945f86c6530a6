//! A case: two catalogs, what the plan between them is, and that it does on a server what it says.

use crate::TestResult;
use crate::lint;
use crate::server::{run, server};
use orm_kit::catalog::{Catalog, ObjectName};
use orm_kit::ddl;
use orm_kit::diff::{Rename, diff};
use orm_kit::plan::{HazardKind, Mode, Plan, Segment, Statement};
use orm_kit::planner::{Down, Options, Planned, plan};
use tokio_postgres::Client;

pub(super) struct Case {
    from: Catalog,
    to: Catalog,
    renames: Vec<Rename>,
    options: Options,
    /// Runs before the plan.
    rows: Vec<String>,
    /// What old code says, while the contract has not run.
    old: Vec<String>,
    /// What new code says, behind each part of the plan.
    new: Vec<String>,
    both: Vec<String>,
}

impl Case {
    pub(super) fn new(from: Catalog, to: Catalog) -> Self {
        Case {
            from,
            to,
            renames: Vec::new(),
            options: Options::default(),
            rows: Vec::new(),
            old: Vec::new(),
            new: Vec::new(),
            both: Vec::new(),
        }
    }

    pub(super) fn rows(mut self, sql: &str) -> Self {
        self.rows.push(sql.to_owned());
        self
    }

    pub(super) fn old(mut self, sql: &str) -> Self {
        self.old.push(sql.to_owned());
        self
    }

    pub(super) fn new_code(mut self, sql: &str) -> Self {
        self.new.push(sql.to_owned());
        self
    }

    /// What both may say, behind what each says.
    pub(super) fn both(mut self, sql: &str) -> Self {
        self.both.push(sql.to_owned());
        self
    }

    pub(super) fn renamed(mut self, from: ObjectName, to: ObjectName) -> Self {
        self.renames.push(Rename { from, to });
        self
    }

    pub(super) fn offline(mut self) -> Self {
        self.options.old_code = false;
        self
    }

    /// Compares the plan with `expected`, runs it both ways, and compares what is there then.
    #[track_caller]
    pub(super) fn check(self, expected: &str) -> impl Future<Output = TestResult> {
        let changes = diff(&self.from, &self.to, &self.renames);
        let planned = plan(&self.from, &self.to, &changes, &self.options);
        let text = written(&planned);
        assert!(text.trim() == expected.trim(), "the plan is\n{text}\n");
        lint::corpus::check(&self.from, &self.to, &planned, !self.options.old_code);
        self.runs(planned)
    }

    async fn runs(self, planned: Planned) -> TestResult {
        let (_before, client) = server().await?;
        run(&client, &ddl::create_all(&self.from)).await?;
        let before = described(&client).await?;
        let (_after, fresh) = server().await?;
        run(&fresh, &ddl::create_all(&self.to)).await?;
        let after = described(&fresh).await?;

        run(&client, &self.rows).await?;
        self.execute(&client, &planned.expand).await?;
        run(&client, &self.old).await?;
        run(&client, &self.new).await?;
        run(&client, &self.both).await?;
        if let Some(contract) = &planned.contract {
            self.execute(&client, contract).await?;
            run(&client, &self.new).await?;
        }
        assert_eq!(described(&client).await?, after, "it is not what it is to be");

        if let Down::Plan(down) = &planned.down {
            let (_back, client) = server().await?;
            run(&client, &ddl::create_all(&self.from)).await?;
            run(&client, &self.rows).await?;
            self.execute(&client, &planned.expand).await?;
            self.execute(&client, down).await?;
            assert_eq!(described(&client).await?, before, "it is not what it was");
            run(&client, &self.old).await?;
        }
        Ok(())
    }

    /// Runs a plan. Unless it says so, no statement writes a table again, or reads one while others cannot write it.
    async fn execute(&self, client: &Client, plan: &Plan) -> TestResult {
        let blocks = plan.hazards.iter().any(|hazard| hazard.kind == HazardKind::Blocking);
        let files = files(client).await?;
        let known: Vec<i64> = files.iter().map(|(oid, _)| *oid).collect();
        for segment in &plan.segments {
            let statements: Vec<String> = segment.statements.iter().map(|it| it.sql.clone()).collect();
            if segment.mode != Mode::Transaction {
                run(client, &statements).await?;
                continue;
            }
            client.batch_execute("begin").await?;
            let before = reads(client, &known).await?;
            run(client, &statements).await?;
            let mut read = reads(client, &known).await?;
            read.retain(|(table, rows, locked)| {
                let same = before.iter().any(|(other, before, _)| other == table && before == rows);
                *locked && *rows > 0 && !same
            });
            assert!(blocks || read.is_empty(), "{read:?} read under a lock by {statements:#?}");
            client.batch_execute("commit").await?;
        }
        for (oid, file) in self::files(client).await? {
            let same = files.iter().find(|(other, _)| *other == oid).is_none_or(|(_, old)| *old == file);
            assert!(blocks || same, "a table or index is written again");
        }
        Ok(())
    }
}

/// The plan as a person reads it.
pub(super) fn written(planned: &Planned) -> String {
    let mut text = plan_text(&planned.expand);
    if let Some(contract) = &planned.contract {
        text += "=== contract\n";
        text += &plan_text(contract);
    }
    text += "=== down\n";
    text += &match &planned.down {
        Down::Plan(plan) => plan_text(plan),
        Down::Irreversible(why) => format!("irreversible: {why}\n"),
    };
    text
}

pub(super) fn plan_text(plan: &Plan) -> String {
    let mut text = String::new();
    for segment in &plan.segments {
        text += &match &segment.mode {
            Mode::Transaction => "# transaction\n".to_owned(),
            Mode::Direct => "# direct\n".to_owned(),
            Mode::Batches { table, key } => format!("# batches by {table} ({})\n", key.join(", ")),
            Mode::Step { name, .. } => format!("# step {name}\n"),
        };
        for statement in &segment.statements {
            if !statement.comment.is_empty() {
                text += &format!("-- {}\n", statement.comment);
            }
            text += &format!("{};\n", statement.sql);
        }
    }
    for hazard in &plan.hazards {
        text += &format!("! {}: {}: {}\n", hazard.kind, hazard.object, hazard.message);
    }
    text
}

/// How many rows of each table this session has read, and whether others wait for it to read or write the table.
async fn reads(client: &Client, tables: &[i64]) -> Result<Vec<(String, i64, bool)>, tokio_postgres::Error> {
    let sql = "select s.relname::text, s.seq_tup_read, exists (
            select from pg_locks l
            where l.relation = s.relid and l.pid = pg_backend_pid() and l.granted
                and l.mode in ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
        )
        from pg_stat_xact_user_tables s where s.relid::bigint = any($1)";
    let rows = client.query(sql, &[&tables]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect())
}

/// The files of tables and indexes.
async fn files(client: &Client) -> Result<Vec<(i64, i64)>, tokio_postgres::Error> {
    let sql = "select oid::bigint, relfilenode::bigint from pg_class
        where relkind in ('r', 'i', 'm') and relnamespace >= 16384 or relnamespace = 'public'::regnamespace
            and relkind in ('r', 'i')";
    Ok(client.query(sql, &[]).await?.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// What is in the database, one line each, sorted.
pub(super) async fn described(client: &Client) -> Result<Vec<String>, tokio_postgres::Error> {
    client.batch_execute("set search_path = pg_catalog").await?;
    let rows = client.query(DESCRIBED, &[]).await?;
    client.batch_execute("reset search_path").await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

const DESCRIBED: &str = r"
with spaces as (
    select oid, nspname from pg_namespace
    where nspname not like 'pg\_%' and nspname <> 'information_schema'
), relations as (
    select c.*, n.nspname from pg_class c join spaces n on n.oid = c.relnamespace
)
select line from (
    select format('%s %s.%s %s rls %s %s with %s partition %s', relkind, nspname, relname, relpersistence,
        relrowsecurity, relforcerowsecurity, reloptions, pg_get_expr(relpartbound, oid)) as line
    from relations where relkind <> 'i'
    union all
    select format('column %s.%s %s null %s default %s identity %s generated %s collation %s', r.nspname || '.' || r.relname,
        a.attname, format_type(a.atttypid, a.atttypmod), not a.attnotnull, pg_get_expr(d.adbin, d.adrelid),
        a.attidentity, a.attgenerated, a.attcollation::regcollation)
    from relations r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
        left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
    where r.relkind in ('r', 'p', 'v', 'm')
    union all
    select format('constraint %s %s %s valid %s', coalesce(nullif(conrelid, 0)::regclass::text, contypid::regtype::text),
        conname, pg_get_constraintdef(o.oid), convalidated)
    from pg_constraint o join spaces n on n.oid = o.connamespace
    where o.contype <> 'n' -- only PostgreSQL 18 has them, and it is said of the columns above
    union all
    select format('index %s valid %s', pg_get_indexdef(i.indexrelid), i.indisvalid)
    from pg_index i join relations r on r.oid = i.indrelid
    union all
    select format('trigger %s', pg_get_triggerdef(t.oid))
    from pg_trigger t join relations r on r.oid = t.tgrelid where not t.tgisinternal
    union all
    select format('policy %s on %s for %s permissive %s using %s check %s', p.polname, p.polrelid::regclass, p.polcmd,
        p.polpermissive, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
    from pg_policy p
    union all
    select format(E'view %s\n%s', r.oid::regclass, pg_get_viewdef(r.oid)) from relations r where r.relkind in ('v', 'm')
    union all
    select format('enum %s %s', t.oid::regtype, (
        select string_agg(e.enumlabel, ',' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid))
    from pg_type t join spaces n on n.oid = t.typnamespace where t.typtype = 'e'
    union all
    select format('domain %s %s null %s default %s', t.oid::regtype, format_type(t.typbasetype, t.typtypmod),
        not t.typnotnull, t.typdefault)
    from pg_type t join spaces n on n.oid = t.typnamespace where t.typtype = 'd'
    union all
    select format('sequence %s %s %s %s owner %s', s.seqrelid::regclass, s.seqtypid::regtype, s.seqincrement,
        s.seqmax, (select format('%s.%s', d.refobjid::regclass, d.refobjsubid > 0)
            from pg_depend d where d.objid = s.seqrelid and d.deptype in ('a', 'i') and d.refclassid = 'pg_class'::regclass))
    from pg_sequence s
    union all
    select format('routine %s', pg_get_functiondef(p.oid)) from pg_proc p join spaces n on n.oid = p.pronamespace
    where p.prokind in ('f', 'p')
        and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    union all
    select format('grant %s %s to %s', r.oid::regclass, g.privilege_type, g.grantee)
    from relations r, aclexplode(r.relacl) g where g.grantee <> r.relowner
    union all
    select format('comment %s %s %s', d.classoid::regclass, coalesce(pg_describe_object(d.classoid, d.objoid, d.objsubid), ''),
        d.description)
    from pg_description d where d.objoid >= 16384
) lines order by line";

#[tokio::test]
#[should_panic(expected = "read under a lock")]
async fn a_table_that_is_read_under_a_lock_is_noticed() {
    let (_database, client) = server().await.unwrap();
    client.batch_execute("create table t (a integer); insert into t values (1)").await.unwrap();
    let sql = "alter table t alter column a set not null".to_owned();
    let statements = vec![Statement { comment: String::new(), sql }];
    let segments = vec![Segment { mode: Mode::Transaction, statements }];
    let case = Case::new(Catalog::default(), Catalog::default());
    case.execute(&client, &Plan { segments, hazards: Vec::new() }).await.unwrap();
}
