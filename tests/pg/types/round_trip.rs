//! Runs a table of values both ways: what Rust writes is what the literal is to the server, and what the literal is
//! to the server is what Rust reads. As a column, as an `Option`, in arrays, and in a composite type that is a column and in
//! an array; set one by one and in bulk.

/// `test: Type, "sql type" { value => "literal", .. }`, with the columns' attributes and further objects of the schema
/// before the braces where they are needed, and the server's version where only newer ones have the type.
macro_rules! round_trips {
    ($($test:ident: $ty:ty, $sql:literal
        $(, since($version:literal))? $(, column($($column:tt)+), list($($list:tt)+))? $(, with($($object:ty),+))? {
            $($value:expr => $literal:expr,)+
    })+) => {$(
        #[tokio::test]
        async fn $test() -> crate::TestResult {
            use mizzle::prelude::*;

            #[derive(PgComposite, Debug, Clone)]
            #[orm(name = "record of all")]
            struct Record {
                $(#[orm($($column)+)])?
                value: $ty,
                $(#[orm($($column)+)])?
                maybe: Option<$ty>,
                $(#[orm($($list)+)])?
                list: Vec<$ty>,
                $(#[orm($($list)+)])?
                sparse: Option<Vec<Option<$ty>>>,
                nothing: Option<$ty>,
            }

            #[derive(Table, Debug)]
            #[orm(table = "samples")]
            struct Sample {
                #[orm(primary_key)]
                id: i32,
                $(#[orm($($column)+)])?
                value: $ty,
                $(#[orm($($column)+)])?
                maybe: Option<$ty>,
                $(#[orm($($list)+)])?
                list: Vec<$ty>,
                $(#[orm($($list)+)])?
                sparse: Option<Vec<Option<$ty>>>,
                record: Record,
                records: Vec<Option<Record>>,
            }

            #[derive(Insert)]
            #[orm(table = Sample)]
            struct NewSample<'a> {
                id: i32,
                value: &'a $ty,
                maybe: Option<&'a $ty>,
                list: &'a Vec<$ty>,
                sparse: Option<Vec<Option<$ty>>>,
                record: &'a Record,
                records: Vec<Option<Record>>,
            }

            const SCHEMA: Schema = schema![Sample, Record $($(, $object)+)?];
            $(
                if crate::catalog::server_version().await? < $version {
                    return Ok(());
                }
            )?
            let catalog = crate::catalog::Catalog::create(&SCHEMA).await?;
            let db = catalog.db().await?;
            let samples: Vec<($ty, String)> = vec![$(($value, String::from($literal))),+];
            for (value, literal) in &samples {
                let list = vec![value.clone(), value.clone()];
                let sparse = Some(vec![None, Some(value.clone())]);
                let record = Record {
                    value: value.clone(),
                    maybe: Some(value.clone()),
                    list: list.clone(),
                    sparse: sparse.clone(),
                    nothing: None,
                };
                let records = vec![None, Some(record.clone())];
                insert(Sample)
                    .set(Sample.id, 1)
                    .set(Sample.value, value)
                    .set(Sample.maybe, Some(value))
                    .set(Sample.list, &list)
                    .set(Sample.sparse, &sparse)
                    .set(Sample.record, &record)
                    .set(Sample.records, &records)
                    .execute(&db)
                    .await?;
                let row = NewSample { id: 2, value, maybe: Some(value), list: &list, sparse: sparse.clone(), record: &record, records: records.clone() };
                insert(Sample).rows(&[row]).execute(&db).await?;
                let literal = format!("{literal}::{}", $sql);
                let fields = format!("{literal}, {literal}, array[{literal}, {literal}], array[null, {literal}]");
                let record_sql = format!("row({fields}, null)::\"record of all\"");
                let sql = format!(
                    "insert into samples values (3, {fields}, {record_sql}, array[null, {record_sql}])"
                );
                catalog.client().batch_execute(&sql).await?;

                let texts = catalog
                    .lines("select (s.value, s.maybe, s.list, s.sparse, s.record, s.records)::text from samples s where $1 = '' order by id", "")
                    .await?;
                assert_eq!(texts[0], texts[2], "{literal}, set");
                assert_eq!(texts[1], texts[2], "{literal}, in bulk");

                // As text, in which NaN is equal to itself and 0 is not equal to -0, nor 1.0 to 1.00.
                let expected = format!("{:?}", (value, Some(value), &list, &sparse, &record, &records));
                let read = select(Sample).all(&db).await?;
                assert_eq!(read.len(), 3);
                for Sample { id, value, maybe, list, sparse, record, records } in &read {
                    assert_eq!(format!("{:?}", (value, maybe, list, sparse, record, records)), expected, "{literal}, row {id}");
                }

                let equal = select(Sample.id)
                    .from(Sample)
                    .filter(Sample.value.eq(value))
                    .filter(Sample.maybe.in_(vec![value.clone()]))
                    .filter(Sample.list.eq(&list))
                    .filter(Sample.record.eq(&record))
                    .filter(Sample.records.eq(&records));
                assert_eq!(equal.count(&db).await?, 3, "{literal}");
                delete(Sample).all_rows().execute(&db).await?;
            }

            insert(Sample)
                .set(Sample.id, 1)
                .set(Sample.value, &samples[0].0)
                .set(Sample.maybe, None::<$ty>)
                .set(Sample.list, Vec::<$ty>::new())
                .set(Sample.sparse, None::<Vec<Option<$ty>>>)
                .set(
                    Sample.record,
                    Record { value: samples[0].0.clone(), maybe: None, list: vec![], sparse: None, nothing: None },
                )
                .set(Sample.records, Vec::<Option<Record>>::new())
                .execute(&db)
                .await?;
            let Sample { maybe, list, sparse, record, records, .. } = select(Sample).one(&db).await?;
            assert!(maybe.is_none() && list.is_empty() && sparse.is_none() && records.is_empty());
            assert!(record.maybe.is_none() && record.list.is_empty() && record.sparse.is_none());
            Ok(())
        }
    )+};
}

pub(super) use round_trips;
