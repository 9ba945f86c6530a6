//! The operators of ranges and multiranges.

use crate::TestResult;
use crate::expressions::values;
use mizzle::prelude::*;
use orm_testing::TestDb;

#[derive(Table, Debug)]
#[orm(table = "shifts")]
#[expect(dead_code, reason = "only its columns are named")]
struct Shift {
    #[orm(primary_key)]
    id: i32,
    hours: Range<i32>,
    pause: Option<Range<i32>>,
}

#[tokio::test]
async fn operators() -> TestResult {
    let schema = format!(
        "{}; insert into shifts values (9, '[9,17)', '[12,13)'), (17, '[17,22)', null), (3, 'empty', '[1,2)')",
        schema![Shift].create_sql()
    );
    let database = TestDb::with_schema(&schema).await?;
    let db = Db::connect(database.url()).await?;
    let noon = Range::from(12..13);
    values! { db, Shift from "shifts";
        Shift.hours.contains_element(12) => r#""shifts"."hours" @> $1"# ["12::int4"] [false, true, false];
        Shift.hours.contains_element(Shift.id) => r#""shifts"."hours" @> "shifts"."id""# [] [false, true, true];
        Shift.id.in_range(Shift.hours) => r#""shifts"."id" <@ "shifts"."hours""# [] [false, true, true];
        Shift.id.in_range(Range::from(5..)) => r#""shifts"."id" <@ $1"# ["120000000400000005::int4range"] [false, true, true];
        Shift.hours.contains_range(noon) => r#""shifts"."hours" @> $1"# ["02000000040000000c000000040000000d::int4range"] [false, true, false];
        Shift.hours.contains_range(Shift.pause) => r#""shifts"."hours" @> "shifts"."pause""# [] [Some(false), Some(true), None];
        Shift.hours.contained_in_range(noon) => r#""shifts"."hours" <@ $1"# ["02000000040000000c000000040000000d::int4range"] [true, false, false];
        Shift.hours.overlaps_range(Shift.hours) => r#""shifts"."hours" && "shifts"."hours""# [] [false, true, true];
        Shift.hours.adjacent_to(Range::from(17..18)) => r#""shifts"."hours" -|- $1"# ["0200000004000000110000000400000012::int4range"] [false, true, false];
        Shift.hours.before_range(Range::from(17..18)) => r#""shifts"."hours" << $1"# ["0200000004000000110000000400000012::int4range"] [false, true, false];
        Shift.hours.after_range(noon) => r#""shifts"."hours" >> $1"# ["02000000040000000c000000040000000d::int4range"] [false, false, true];
    }
    Ok(())
}
