-- Set where the money of an account does not add up: nothing is charged until an operator has put it right.
alter table coding_plans.credit_account add column parked_at timestamptz;

create index credit_account_parked on coding_plans.credit_account (user_id) where parked_at is not null;
