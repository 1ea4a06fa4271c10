package dev.codingplans.plugin.http.pages.operate;

import static dev.codingplans.plugin.refusal.Refusal.Code.NOT_FOUND;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads everybody's subscriptions as the operator's pages show them, in one statement each. */
@Singleton
class SubscriptionRepository {

  /** Less than the connection would be kept for: a filter that few match reads many rows. */
  private static final int MOST_SECONDS = 3;

  private final JdbcOperations jdbc;
  private final Catalog catalog;

  SubscriptionRepository(JdbcOperations jdbc, Catalog catalog) {
    this.jdbc = jdbc;
    this.catalog = catalog;
  }

  /** Returns subscriptions from before the position, newest first. */
  @Connectable
  public List<SubscriptionRow> listBefore(SubscriptionFilter filter, long position, int most) {
    var query = new SubscriptionQuery(filter, position);
    return jdbc.prepareStatement(
        query.sql(),
        statement -> {
          statement.setQueryTimeout(MOST_SECONDS);
          query.bind(statement, most);
          return read(statement.executeQuery());
        });
  }

  @Connectable
  public SubscriptionRow get(UUID id) {
    var one =
        new SubscriptionFilter(
            Optional.of(id.toString()), Optional.empty(), Optional.empty(), Optional.empty());
    return listBefore(one, Long.MAX_VALUE, 2).stream()
        .filter(row -> row.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new Refusal(NOT_FOUND, "There is no such subscription."));
  }

  private List<SubscriptionRow> read(ResultSet rows) throws SQLException {
    var subscriptions = new ArrayList<SubscriptionRow>();
    while (rows.next()) {
      subscriptions.add(subscription(rows));
    }
    return subscriptions;
  }

  private SubscriptionRow subscription(ResultSet row) throws SQLException {
    var endScheduled = row.getBoolean("cancel_at_period_end");
    var standing = Standing.of(row.getString("status"), endScheduled);
    var accessEndsAt = row.getTimestamp("access_ends_at").toInstant();
    return new SubscriptionRow(
        row.getObject("id", UUID.class),
        row.getLong("position"),
        row.getString("user_id"),
        catalog.nameOf(new PlanId(row.getString("plan_id"))),
        catalog.nameOf(new ProviderId(row.getString("provider_id"))),
        row.getLong("price_microdollars"),
        row.getInt("period_days"),
        standing,
        endScheduled,
        switch (standing) {
          case ACTIVE -> row.getTimestamp("renewal_at").toInstant();
          case ENDING, PAST_DUE -> accessEndsAt;
          case ENDED -> row.getTimestamp("canceled_at").toInstant();
        },
        accessEndsAt,
        Optional.ofNullable(row.getString("cancellation_reason")),
        Optional.ofNullable(row.getObject("credential_id", UUID.class)));
  }
}
