package dev.codingplans.plugin.support;

import java.time.Duration;

/**
 * Many subscribers at once, written to the database as their purchases would have left them. Their
 * keys are no real ciphertexts: nobody can send requests on them.
 *
 * @param name what the user ids start with; a number from 1 follows
 */
public record Population(TestDatabase db, String name, int size) {

  public static final long PRICE = 20_000_000;

  /** Makes users with a balance whose renewals were due some time ago. */
  public static Population due(TestDatabase db, String name, int size, long balance, Duration ago) {
    var population = new Population(db, name, size);
    population.addAccounts(balance);
    population.addCredentials();
    population.addSubscriptions(ago);
    population.addKeysAndTerms();
    return population;
  }

  /** Puts all of them into grace for so long from now, as a sweep that found no credit. */
  public void inGraceFor(Duration left) {
    db.execute(
        """
        update coding_plans.subscription
           set status = 'past_due', grace_ends_at = coding_plans.product_now() + ?::interval
         where user_id like ?""",
        left.toString(),
        name + "-%");
  }

  /** Makes the next renewals of all of them impossible: their place in the ledger is taken. */
  public void poison() {
    db.execute(
        """
        insert into coding_plans.ledger_entry
               (id, user_id, kind, amount_microdollars, balance_after_microdollars, description, idempotency_key, created_at)
        select gen_random_uuid(), user_id, 'adjustment', 0, balance_microdollars, 'poison',
               'renewal:' || id || ':' || (to_json(renewal_at at time zone 'utc') #>> '{}') || 'Z', now()
          from coding_plans.subscription join coding_plans.credit_account using (user_id)
         where user_id like ?""",
        name + "-%");
  }

  /** Returns how many of them are as the condition says. */
  public int count(String condition) {
    return Integer.parseInt(
        db.text(
            """
            select count(*)
              from coding_plans.subscription
              join coding_plans.credit_account using (user_id)
             where user_id like ? and\s"""
                + condition,
            name + "-%"));
  }

  private void addAccounts(long balance) {
    db.execute(
        """
        insert into coding_plans.credit_account (user_id, balance_microdollars)
        select ? || '-' || n, ? from generate_series(1, ?) n""",
        name,
        balance,
        size);
    addEntries("'granted_credit'", "'credit:' || n", balance + PRICE, balance + PRICE);
  }

  private void addEntries(String kind, String key, long amount, long after) {
    db.execute(
        """
        insert into coding_plans.ledger_entry
               (id, user_id, kind, amount_microdollars, balance_after_microdollars, description, idempotency_key, created_at)
        select md5(%1$s || ? || n)::uuid, ? || '-' || n, %1$s, ?, ?, 'population', %2$s, now()
          from generate_series(1, ?) n"""
            .formatted(kind, key),
        name,
        name,
        amount,
        after,
        size);
  }

  private void addCredentials() {
    db.execute(
        """
        insert into coding_plans.credential
               (id, provider_id, plan_id, upstream_plan_id, fingerprint, ciphertext, status, verified_at,
                assigned_to, assigned_at, created_at)
        select md5('credential' || ? || n)::uuid, 'minimax', 'minimax-token-plan-plus', 'upstream-' || n,
               decode(md5(? || n), 'hex'), '\\x00', 'assigned', now(), ? || '-' || n, now(), now()
          from generate_series(1, ?) n""",
        name,
        name,
        name,
        size);
  }

  private void addSubscriptions(Duration ago) {
    db.execute(
        """
        insert into coding_plans.subscription
               (id, user_id, provider_id, plan_id, price_microdollars, period_days, status,
                current_period_start, current_period_end, renewal_at, credential_id, created_at)
        select md5('subscription' || ? || n)::uuid, ? || '-' || n, 'minimax', 'minimax-token-plan-plus', ?, 30, 'active',
               due.at - interval '30 days', due.at, due.at, md5('credential' || ? || n)::uuid, now()
          from generate_series(1, ?) n,
               lateral (select date_trunc('second', coding_plans.product_now()) - ?::interval
                               - n % 600 * interval '1 second' as at) due""",
        name, name, PRICE, name, size, ago.toString());
  }

  private void addKeysAndTerms() {
    db.execute(
        """
        insert into coding_plans.byok_key
               (id, user_id, provider_id, source, enabled, subscription_id, created_at, updated_at)
        select gen_random_uuid(), user_id, provider_id, 'plan', true, id, now(), now()
          from coding_plans.subscription where user_id like ?""",
        name + "-%");
    db.execute(
        """
        insert into coding_plans.ledger_entry
               (id, user_id, kind, amount_microdollars, balance_after_microdollars, description, idempotency_key, created_at)
        select md5('activation' || id)::uuid, user_id, 'activation', - price_microdollars, balance_microdollars,
               'population', 'activation:' || id, now()
          from coding_plans.subscription join coding_plans.credit_account using (user_id)
         where user_id like ?""",
        name + "-%");
    db.execute(
        """
        insert into coding_plans.term
               (id, subscription_id, kind, period_start, period_end, cost_microdollars, ledger_entry_id, created_at)
        select gen_random_uuid(), id, 'activation', current_period_start, current_period_end, price_microdollars,
               md5('activation' || id)::uuid, now()
          from coding_plans.subscription where user_id like ?""",
        name + "-%");
  }
}
