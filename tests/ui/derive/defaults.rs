//! Defaults that are not values, SQL or constants.

use mizzle::prelude::*;

#[derive(Table)]
pub struct Defaults {
    #[orm(default = now)]
    pub a: i64,
    #[orm(default = String::new())]
    pub b: String,
    #[orm(default = 1i32)]
    pub c: i32,
    #[orm(default = vec![1])]
    pub d: Vec<i32>,
    #[orm(default = f(x))]
    pub e: i32,
    #[orm(default = json!({ key: 1 }))]
    pub f: String,
    #[orm(default = "a\0b")]
    pub g: String,
    #[orm(default)]
    pub h: String,
    #[orm(default = 'c')]
    pub i: String,
}

fn main() {}
