//! Advances on what a worker will earn.

use crate::schema::{
    Loan, LoanId, LoanStatus, Transaction, TransactionStatus, TransactionType, Worker, WorkerId,
};
use mizzle::prelude::*;
use rust_decimal::Decimal;

pub async fn request(db: &impl Executor, worker: WorkerId, amount: Decimal) -> Result<Loan, mizzle::Error> {
    insert(Loan)
        .set(Loan.worker_id, worker)
        .set(Loan.requested_amount_usdc, amount)
        .returning(Loan)
        .one(db)
        .await
}

/// Pays a requested loan out, to be repaid with a fee within 30 days. `None` if it is not pending.
pub async fn disburse(db: &Db, id: LoanId, fee: Decimal) -> Result<Option<Loan>, mizzle::Error> {
    db.transaction(async |tx| {
        let disbursed = update(Loan)
            .set(Loan.status, LoanStatus::Disbursed)
            .set(Loan.approved_amount_usdc, Loan.requested_amount_usdc)
            .set(Loan.fee_usdc, fee)
            .set(Loan.total_owed_usdc, Loan.requested_amount_usdc + fee)
            .set(Loan.remaining_balance_usdc, Loan.requested_amount_usdc + fee)
            .set(Loan.approved_at, now())
            .set(Loan.disbursed_at, now())
            .set(Loan.due_date, now() + Interval::days(30))
            .find(id)
            .filter(Loan.status.eq(LoanStatus::Pending))
            .returning(Loan)
            .optional(tx)
            .await?;
        let Some(loan) = disbursed else { return Ok(None) };
        let wallet = select(Worker.wallet_address).from(Worker).find(loan.worker_id);
        insert(Transaction)
            .set(Transaction.worker_id, loan.worker_id)
            .set(Transaction.loan_id, loan.id)
            .set(Transaction.kind, TransactionType::Advance)
            .set(Transaction.status, TransactionStatus::Submitted)
            .set(Transaction.amount_usdc, loan.requested_amount_usdc)
            .set(Transaction.to_wallet, scalar(wallet))
            .execute(tx)
            .await?;
        Ok(Some(loan))
    })
    .await
}
