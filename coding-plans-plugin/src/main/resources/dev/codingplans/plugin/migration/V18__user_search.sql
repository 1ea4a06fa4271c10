-- Without a lock that keeps writers out. An index that was left unfinished is dropped first.
-- By bytes, so that a range of it is all that starts alike whatever the database's language.
drop index concurrently if exists coding_plans.credit_account_by_folded_id;
create index concurrently credit_account_by_folded_id on coding_plans.credit_account
  ((lower(user_id)) collate "C", user_id collate "C");
