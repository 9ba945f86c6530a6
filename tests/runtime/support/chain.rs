//! Everything an error says, to search for what it must not.

use std::error::Error;

/// `Display` and `Debug` of the error and of all that lies below it.
pub(crate) fn whole_text(error: &mizzle::Error) -> String {
    let mut text = format!("{error}\n{error:?}\n{error:#?}");
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(&format!("\n{error}\n{error:?}"));
        source = error.source();
    }
    text
}

/// What a report of the error shows: each level once.
pub(crate) fn report(error: &mizzle::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(&format!(": {error}"));
        source = error.source();
    }
    text
}
