-- Without a lock that keeps writers out; each statement can be run again.
alter table coding_plans.credential validate constraint credential_in_use_has_ciphertext;
alter table coding_plans.byok_key validate constraint byok_own_key_has_text;
alter table coding_plans.upload_line validate constraint upload_line_keeps_all_or_nothing;
alter table coding_plans.upload_line validate constraint upload_line_is_judged_or_waits;
