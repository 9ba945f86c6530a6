//! Sequences, and what they and identity columns can be told.

use super::Name;
use serde::{Deserialize, Serialize};

/// A sequence of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sequence {
    /// Its name.
    pub name: Name,
    /// `smallint`, `integer` or `bigint`.
    #[serde(rename = "type")]
    pub ty: String,
    /// How it counts.
    #[serde(flatten)]
    pub options: SequenceOptions,
    /// The column that it is dropped with: its table and its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owned_by: Option<(Name, String)>,
    /// What `comment on` says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// How a sequence counts; what is absent is PostgreSQL's default (CREATE SEQUENCE).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SequenceOptions {
    /// The step, 1 if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub increment: Option<i64>,
    /// The least value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// The greatest value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
    /// The first value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<i64>,
    /// How many values a session takes at once, 1 if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache: Option<i64>,
    /// Whether it starts again behind its end.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cycle: bool,
}
