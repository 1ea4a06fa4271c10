-- Not behind a writer that takes its time.
set local lock_timeout = '5s';

-- What was used before is not charged to the new account of a user who came back.
alter table coding_plans.account_tombstone add column deleted_in_product_time timestamptz;

update coding_plans.account_tombstone set deleted_in_product_time = deleted_at;

-- With a default, for nodes that do not know it yet.
alter table coding_plans.account_tombstone
  alter column deleted_in_product_time set default coding_plans.product_now(),
  alter column deleted_in_product_time set not null;
