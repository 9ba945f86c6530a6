//! A struct in the schema that derives nothing.

use mizzle::prelude::*;

pub struct Address {
    pub street: String,
}

const SCHEMA: Schema = schema![Address];

fn main() {}
