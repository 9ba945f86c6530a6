//! What a plan must reckon with.

/// What a plan must reckon with.
///
/// ```
/// use orm_kit::planner::Options;
///
/// let options = Options::default();
/// assert!(options.old_code && options.version == 15);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The oldest PostgreSQL that runs the plan: 13 to 18.
    pub version: u32,
    /// Whether code that knows the schema as it was runs while the plan does, and after it. Without, there is no contract:
    /// what is gone goes at once, what is renamed is renamed, and a type may be changed by writing the table again.
    pub old_code: bool,
}

impl Default for Options {
    fn default() -> Self {
        Options { version: 15, old_code: true }
    }
}
