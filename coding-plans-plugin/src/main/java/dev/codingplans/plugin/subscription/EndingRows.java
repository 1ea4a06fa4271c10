package dev.codingplans.plugin.subscription;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.database.Columns;
import dev.codingplans.plugin.subscription.Ending.End;
import dev.codingplans.plugin.subscription.Ending.Ended;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The statement that ends subscriptions. */
@Singleton
class EndingRows {

  private final JdbcOperations jdbc;

  EndingRows(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /** Ends those that are live, each with its reason; what has ended keeps the reason it has. */
  List<Ended> end(List<End> ends) {
    return jdbc.prepareStatement(
        """
        update coding_plans.subscription
           set status = 'canceled', canceled_at = ends.at, cancellation_reason = ends.reason
          from unnest(?, ?, ?) as ends (id, reason, at)
         where subscription.id = ends.id and subscription.status in ('active', 'past_due')
        returning subscription.id, subscription.user_id, subscription.plan_id, subscription.provider_id,
                  subscription.credential_id, ends.reason, ends.at""",
        statement -> {
          Columns.of(ends)
              .uuid(End::subscription)
              .text(end -> end.reason().code())
              .timestamp(End::at)
              .bind(statement);
          var result = statement.executeQuery();
          var ended = new ArrayList<Ended>();
          while (result.next()) {
            ended.add(ended(result));
          }
          return ended;
        });
  }

  private static Ended ended(ResultSet row) throws SQLException {
    return new Ended(
        row.getObject(1, UUID.class),
        new UserId(row.getString(2)),
        row.getString(3),
        row.getString(4),
        row.getObject(5, UUID.class),
        CancellationReason.valueOf(row.getString(6).toUpperCase(Locale.ROOT)),
        row.getTimestamp(7).toInstant());
  }
}
