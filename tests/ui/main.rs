//! Wrong programs and what the compiler says to them.

#[test]
fn a_wrong_query_is_one_error_in_its_users_words() {
    trybuild::TestCases::new().compile_fail("tests/ui/query/*.rs");
}

#[test]
fn a_wrong_attribute_is_an_error_at_its_token() {
    trybuild::TestCases::new().compile_fail("tests/ui/derive/*.rs");
}

#[test]
fn a_mistake_in_raw_sql_is_one_error_at_its_text() {
    trybuild::TestCases::new().compile_fail("tests/ui/sql/*.rs");
}
