//! `insert` of what a query selects, and of defaults alone.
