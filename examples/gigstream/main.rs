//! GigStream.
fn main() {}
