//! The kit on real databases.

mod inspect;

/// What a test returns, so that `?` does for whatever can go wrong beside what is tested.
type TestResult = Result<(), Box<dyn std::error::Error>>;
