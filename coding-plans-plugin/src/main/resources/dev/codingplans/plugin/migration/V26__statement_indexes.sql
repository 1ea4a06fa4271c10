-- Without a lock that keeps writers out. An index that was left unfinished is dropped first.
drop index concurrently if exists coding_plans.ledger_entry_by_kind;
create index concurrently ledger_entry_by_kind on coding_plans.ledger_entry (user_id, kind, position desc);

-- An instant becomes a position, by which entries are listed.
drop index concurrently if exists coding_plans.ledger_entry_by_time;
create index concurrently ledger_entry_by_time on coding_plans.ledger_entry (user_id, created_at);

-- What waits for somebody loses the name with the account.
drop index concurrently if exists coding_plans.payment_waiting;
create index concurrently payment_waiting on coding_plans.payment (user_id) where state = 'parked';
