package dev.codingplans.plugin.credential;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.database.Columns;
import dev.codingplans.plugin.vault.Place;
import dev.codingplans.plugin.vault.Vault;
import dev.codingplans.plugin.vault.Vault.UndecipherableException;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens credentials that serve somebody; one that cannot be decrypted is none. */
@Singleton
public class AssignedKeys {

  private static final Logger LOG = LoggerFactory.getLogger(AssignedKeys.class);

  private final JdbcOperations jdbc;
  private final Vault vault;

  AssignedKeys(JdbcOperations jdbc, Vault vault) {
    this.jdbc = jdbc;
    this.vault = vault;
  }

  @Transactional(readOnly = true)
  public Optional<AssignedKey> open(UUID credential) {
    return jdbc.prepareStatement(
        """
        select id, provider_id, plan_id, health, ciphertext
          from coding_plans.credential
         where id = ? and status = 'assigned'""",
        statement -> {
          statement.setObject(1, credential);
          return opened(statement).stream().findFirst();
        });
  }

  /**
   * Takes those of the providers that were not checked for an interval, in real time, longest
   * unchecked first; nobody else takes them for another. A key that is not readable counts as
   * checked.
   */
  @Transactional
  public List<AssignedKey> claimUnchecked(Set<ProviderId> of, Duration interval, int most) {
    return jdbc.prepareStatement(
        """
        update coding_plans.credential
           set health_checked_at = clock_timestamp()
         where id in (select id from coding_plans.credential
                       where status = 'assigned'
                         and coalesce(health_checked_at, '-infinity')
                             <= clock_timestamp() - cast(? as interval)
                         and provider_id in (select * from unnest(?))
                       order by coalesce(health_checked_at, '-infinity'), id
                       limit ?
                         for update skip locked)
        returning id, provider_id, plan_id, health, ciphertext""",
        statement -> {
          statement.setString(1, interval.toString());
          Columns.of(List.copyOf(of)).text(ProviderId::value).bind(statement, 2);
          statement.setInt(3, most);
          return opened(statement);
        });
  }

  private List<AssignedKey> opened(PreparedStatement statement) throws SQLException {
    var keys = new ArrayList<AssignedKey>();
    try (var rows = statement.executeQuery()) {
      while (rows.next()) {
        opened(rows).ifPresent(keys::add);
      }
    }
    return keys;
  }

  private Optional<AssignedKey> opened(ResultSet row) throws SQLException {
    var id = row.getObject("id", UUID.class);
    var provider = new ProviderId(row.getString("provider_id"));
    try {
      var text = vault.decrypt(row.getBytes("ciphertext"), Place.ofCredential(id, provider));
      return Optional.of(
          new AssignedKey(
              id,
              provider,
              new PlanId(row.getString("plan_id")),
              Health.parse(row.getString("health")).orElseThrow(),
              text));
    } catch (UndecipherableException e) {
      LOG.error("Credential {} of provider {} is unusable: {}.", id, provider, e.getMessage());
      return Optional.empty();
    }
  }
}
