//! A page of a list.

/// Which page is wanted; the first is 0.
#[derive(Debug, Clone, Copy)]
pub struct PageRequest {
    pub number: i64,
    pub size: i64,
}

impl PageRequest {
    pub fn offset(self) -> i64 {
        self.number * self.size
    }
}

/// The rows of a page, and how many there are on all pages.
#[derive(Debug, PartialEq)]
pub struct Page<T> {
    pub rows: Vec<T>,
    pub total: i64,
}
