//! Loans that are requested and paid out.

use crate::TestResult;
use crate::calls::loans;
use crate::schema::{LoanStatus, Transaction, TransactionType};
use crate::service::Service;
use chrono::TimeDelta;
use mizzle::prelude::*;
use rust_decimal::Decimal;

#[tokio::test]
async fn a_loan_is_paid_out_once() -> TestResult {
    let service = Service::start().await?;
    let ada = service.worker("ada").await?;
    let db = &service.db;
    let loan = loans::request(db, ada.id, Decimal::from(20)).await?;
    assert_eq!((loan.status, loan.repayment_task_count), (LoanStatus::Pending, Some(5)));
    let loan = loans::disburse(db, loan.id, Decimal::ONE).await?.ok_or("not pending")?;
    assert_eq!((loan.status, loan.approved_amount_usdc), (LoanStatus::Disbursed, Some(Decimal::from(20))));
    let owed = Some(Decimal::from(21));
    assert_eq!((loan.total_owed_usdc, loan.remaining_balance_usdc), (owed, owed));
    assert_eq!(loan.due_date, loan.disbursed_at.map(|at| at + TimeDelta::days(30)));
    assert_eq!(loans::disburse(db, loan.id, Decimal::ONE).await?, None);
    let advance = select(Transaction).one(db).await?;
    assert_eq!((advance.kind, advance.loan_id), (TransactionType::Advance, Some(loan.id)));
    assert_eq!(advance.to_wallet.as_deref(), Some("0xada"));
    Ok(())
}
