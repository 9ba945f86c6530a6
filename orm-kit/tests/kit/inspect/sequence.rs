//! Sequences.

use super::{catalog, public};
use crate::TestResult;
use orm_kit::catalog::{Column, Sequence, SequenceOptions};

#[tokio::test]
async fn a_sequence_has_its_owner_and_what_is_not_the_default() -> TestResult {
    let found = catalog(
        "create table t (id serial, other bigint generated always as identity);
         create sequence down as smallint increment -2 minvalue -100 start -2 cache 5 cycle;
         comment on sequence down is 'countdown'",
    )
    .await?;
    assert_eq!(
        found.sequences,
        [
            Sequence {
                name: public("down"),
                ty: "smallint".to_owned(),
                options: SequenceOptions {
                    increment: Some(-2),
                    min: Some(-100),
                    max: None,
                    start: Some(-2),
                    cache: Some(5),
                    cycle: true,
                },
                owned_by: None,
                comment: Some("countdown".to_owned()),
            },
            Sequence {
                name: public("t_id_seq"),
                ty: "integer".to_owned(),
                options: SequenceOptions::default(),
                owned_by: Some((public("t"), "id".to_owned())),
                comment: None,
            },
        ]
    );
    let default = Some("nextval('public.t_id_seq'::regclass)".to_owned());
    assert_eq!(found.tables[0].columns[0], Column { default, ..Column::new("id", "integer") });
    Ok(())
}
