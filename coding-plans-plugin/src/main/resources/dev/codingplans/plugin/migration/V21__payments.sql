-- Not behind a writer that takes its time.
set local lock_timeout = '5s';

-- What a payment service has told, once for each id: payments, and refunds of them. Parked is what waits: for its
-- payment, or for an account that is gone. What is applied moved the balance of an account, whose name it follows.
create table coding_plans.payment (
  type                  text        not null check (type in ('payment.succeeded', 'payment.refunded')),
  id                    text        not null check (length(id) between 1 and 200),
  position              bigint      generated always as identity unique,
  payment_id            text,
  user_id               text,
  account_id            text        references coding_plans.credit_account on update cascade,
  amount_microdollars   bigint      not null check (amount_microdollars > 0),
  refunded_microdollars bigint      not null default 0,
  taken_microdollars    bigint      not null default 0 check (taken_microdollars >= 0),
  owed_microdollars     bigint      not null default 0 check (owed_microdollars >= 0),
  ledger_entry_id       uuid        unique references coding_plans.ledger_entry,
  state                 text        not null default 'parked' check (state in ('parked', 'applied')),
  received_at           timestamptz not null,
  primary key (type, id),
  constraint payment_refund_names_its_payment check ((type = 'payment.refunded') = (payment_id is not null)),
  constraint payment_waits_for_a_user_or_has_an_account
    check ((state = 'parked') = (user_id is not null) and (state = 'applied') = (account_id is not null)),
  constraint payment_refunded_at_most_once check (refunded_microdollars between 0 and amount_microdollars),
  constraint payment_refund_within_amount check (taken_microdollars + owed_microdollars <= amount_microdollars)
);

create index payment_parked on coding_plans.payment (position desc) where state = 'parked';
create index payment_refunds on coding_plans.payment (payment_id) where payment_id is not null;
create index payment_by_account on coding_plans.payment (account_id) where account_id is not null;
