package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.DeletedName;
import dev.codingplans.plugin.database.Columns;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps of the ladder that were last told. */
@Singleton
class TierRows {

  private final JdbcOperations jdbc;

  TierRows(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Returns accounts by the order of their users; a deleted one has no tenure any more. */
  @Transactional(readOnly = true)
  public List<StoredTier> readAfter(String user, int most) {
    return jdbc.prepareStatement(
        """
        select user_id, first_paid_at, discount_tier
          from coding_plans.credit_account
         where user_id > ? and user_id !~ %s
         order by user_id
         limit ?"""
            .formatted(DeletedName.PATTERN),
        statement -> {
          statement.setString(1, user);
          statement.setInt(2, most);
          return tiers(statement);
        });
  }

  /** Returns those of users whose accounts are locked. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<StoredTier> read(List<UserId> users) {
    return jdbc.prepareStatement(
        """
        select user_id, first_paid_at, discount_tier
          from coding_plans.credit_account
         where user_id = any (?)
         order by user_id""",
        statement -> {
          Columns.of(users).text(UserId::value).bind(statement);
          return tiers(statement);
        });
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public void write(List<StoredTier> tiers) {
    jdbc.prepareStatement(
        """
        update coding_plans.credit_account account
           set discount_tier = changes.tier
          from unnest(?, ?) as changes (user_id, tier)
         where account.user_id = changes.user_id""",
        statement -> {
          Columns.of(tiers)
              .text(tier -> tier.user().value())
              .optionalText(StoredTier::tier)
              .bind(statement);
          return statement.executeUpdate();
        });
  }

  private static List<StoredTier> tiers(PreparedStatement statement) throws SQLException {
    var row = statement.executeQuery();
    var tiers = new ArrayList<StoredTier>();
    while (row.next()) {
      tiers.add(
          new StoredTier(
              new UserId(row.getString(1)),
              Optional.ofNullable(row.getObject(2, OffsetDateTime.class))
                  .map(OffsetDateTime::toInstant),
              Optional.ofNullable(row.getString(3))));
    }
    return tiers;
  }
}
