//! The text of DDL.
