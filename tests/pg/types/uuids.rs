//! `uuid`.

use super::round_trip::round_trips;
use uuid::Uuid;

round_trips! {
    uuid: Uuid, "uuid" {
        Uuid::nil() => "'00000000-0000-0000-0000-000000000000'",
        Uuid::max() => "'ffffffff-ffff-ffff-ffff-ffffffffffff'",
        Uuid::from_u128(0x0123_4567_89ab_cdef_fedc_ba98_7654_3210) => "'01234567-89ab-cdef-fedc-ba9876543210'",
    }
}
