//! GigStream's database: who works, for whom, what is paid, and what is remembered of it.

mod audit_log;
mod loan;
mod platform;
mod reputation_event;
mod stream;
mod task;
mod transaction;
mod worker;

pub use audit_log::AuditLog;
pub use loan::{Loan, LoanId, LoanStatus};
pub use platform::{Platform, PlatformId};
pub use reputation_event::{ReputationEvent, ReputationEventType};
pub use stream::{Stream, StreamId, StreamStatus};
pub use task::{Task, TaskId, TaskStatus, TaskType};
pub use transaction::{Transaction, TransactionId, TransactionStatus, TransactionType};
pub use worker::{Worker, WorkerId};

use mizzle::prelude::*;

pub const SCHEMA: Schema = schema![
    TaskType,
    TaskStatus,
    StreamStatus,
    TransactionType,
    TransactionStatus,
    ReputationEventType,
    LoanStatus,
    Worker,
    Platform,
    Task,
    Stream,
    Transaction,
    ReputationEvent,
    Loan,
    AuditLog,
];
