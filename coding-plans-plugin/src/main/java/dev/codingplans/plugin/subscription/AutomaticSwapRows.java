package dev.codingplans.plugin.subscription;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.Columns;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Subscriptions whose credential works no more, and how many were given another one lately. */
@Singleton
class AutomaticSwapRows {

  /** A subscription whose new credentials work no better needs an operator. */
  private static final int MOST_OF_A_SUBSCRIPTION_A_DAY = 2;

  /** A provider that refuses everybody for an hour must not cost the whole stock. */
  private static final int MOST_OF_A_PLAN_AN_HOUR = 10;

  private static final int MOST_COUNTED = 1_000;

  /** Of live subscriptions only; the swap itself looks again under its locks. */
  private static final String BROKEN =
      """
      select credential.id as credential_id, subscription.id as subscription_id,
             subscription.plan_id, subscription.provider_id, subscription.user_id, credential.unhealthy_since
        from coding_plans.credential
        join coding_plans.subscription
          on subscription.credential_id = credential.id and subscription.status in ('active', 'past_due')
       where credential.status = 'assigned' and credential.health <> 'healthy'""";

  private static final String WITHIN_LIMITS =
      """
      (select count(*) from coding_plans.automatic_swap done
        where done.subscription_id = broken.subscription_id
          and done.swapped_at > clock_timestamp() - interval '1 day') < %d
      and
      (select count(*) from coding_plans.automatic_swap done
        where done.plan_id = broken.plan_id
          and done.swapped_at > clock_timestamp() - interval '1 hour') < %d"""
          .formatted(MOST_OF_A_SUBSCRIPTION_A_DAY, MOST_OF_A_PLAN_AN_HOUR);

  private final JdbcOperations jdbc;

  AutomaticSwapRows(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Returns those of the providers for which there is stock and no limit is reached, the longest
   * broken first.
   */
  @Transactional(readOnly = true)
  public List<Broken> swappable(Set<ProviderId> of, int most) {
    return jdbc.prepareStatement(
        """
        select broken.*
          from (%s) broken
         where broken.provider_id = any (?)
           and exists (select from coding_plans.credential free
                        where free.plan_id = broken.plan_id and free.provider_id = broken.provider_id
                          and free.status = 'available' and free.ciphertext is not null)
           and %s
         order by broken.unhealthy_since, broken.credential_id
         limit ?"""
            .formatted(BROKEN, WITHIN_LIMITS),
        statement -> {
          Columns.of(List.copyOf(of)).text(ProviderId::value).bind(statement, 1);
          statement.setInt(2, most);
          return read(statement.executeQuery());
        });
  }

  /** Counts all that are broken, but not for ever. */
  @Transactional(readOnly = true)
  public long countBroken() {
    return jdbc.prepareStatement(
        "select count(*) from (%s limit ?) broken".formatted(BROKEN),
        statement -> {
          statement.setInt(1, MOST_COUNTED);
          var row = statement.executeQuery();
          row.next();
          return row.getLong(1);
        });
  }

  /** Notes the swap if it is still needed and within the limits; tells whether it is. */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean begin(Broken broken) {
    return jdbc.prepareStatement(
        """
        insert into coding_plans.automatic_swap (credential_id, subscription_id, plan_id)
        select broken.credential_id, broken.subscription_id, broken.plan_id
          from (%s) broken
         where broken.credential_id = ? and broken.subscription_id = ?
           and %s
            on conflict do nothing"""
            .formatted(BROKEN, WITHIN_LIMITS),
        statement -> {
          statement.setObject(1, broken.credential());
          statement.setObject(2, broken.subscription());
          return statement.executeUpdate() == 1;
        });
  }

  private static List<Broken> read(ResultSet rows) throws SQLException {
    var broken = new ArrayList<Broken>();
    while (rows.next()) {
      broken.add(
          new Broken(
              rows.getObject("credential_id", UUID.class),
              rows.getObject("subscription_id", UUID.class),
              new UserId(rows.getString("user_id"))));
    }
    return broken;
  }

  /** A live subscription, and the credential that serves it no more. */
  record Broken(UUID credential, UUID subscription, UserId owner) {}
}
