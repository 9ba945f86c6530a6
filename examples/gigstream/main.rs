//! GigStream.
#[allow(unreachable_pub, reason = "written as a library's modules, which two programs include")]
mod calls;
#[allow(unreachable_pub, reason = "written as a library's modules, which two programs include")]
mod schema;
fn main() {}
