//! What the service asks of its database, a file a subject.

pub mod audit;
pub mod loans;
pub mod page;
pub mod payments;
pub mod platforms;
pub mod reputation;
pub mod risk;
pub mod streams;
pub mod tasks;
pub mod workers;
