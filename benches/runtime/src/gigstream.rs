//! GigStream, the example: its tables, and a worker with a page to show.

pub use crate::calls::workers::{WorkerPage, page};
pub use crate::schema::*;

use uuid::Uuid;

/// The worker whose page is shown.
pub const WORKER: WorkerId = WorkerId(Uuid::from_u128(7));

/// `schema`, and the tables of GigStream with their rows.
pub fn with_tables(schema: &str) -> String {
    format!("{schema}\n{}\n{ROWS}", SCHEMA.create_sql())
}

const ROWS: &str = "
    insert into workers (id, email, display_name, wallet_address, total_earnings_usdc)
        select lpad(to_hex(n), 32, '0')::uuid, n || '@example.com', 'worker ' || n, '0x' || n, n * 1.25
        from generate_series(1, 20) n;
    insert into platforms (id, name, email, api_key_hash) select lpad('1', 32, '0')::uuid, 'p', 'p', 'p';
    insert into tasks (worker_id, platform_id, title, description, type, payment_amount_usdc, status, created_at)
        select lpad(to_hex(n % 20 + 1), 32, '0')::uuid, lpad('1', 32, '0')::uuid, 'task ' || n, 'a description',
            'fixed', n / 8.0, 'completed', now() - n * interval '1 h'
        from generate_series(1, 400) n;
    insert into transactions (worker_id, platform_id, type, status, amount_usdc, from_wallet, to_wallet, created_at)
        select lpad(to_hex(n % 20 + 1), 32, '0')::uuid, lpad('1', 32, '0')::uuid, 'payout', 'confirmed', n / 8.0,
            '0xfrom', '0xto', now() - n * interval '1 h'
        from generate_series(1, 400) n;
    insert into loans (worker_id, requested_amount_usdc, status, created_at)
        select lpad(to_hex(n % 20 + 1), 32, '0')::uuid, n * 10, (array['repaying', 'repaid']::\"loan_status\"[])[n % 2 + 1],
            now() - n * interval '1 h'
        from generate_series(1, 40) n;
    analyze;
";
