package dev.codingplans.plugin.database;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Knows that the database is away, so that no call waits for a connection in vain. */
@Singleton
public class KnownOutage {

  private final PatientPools pools;
  private final HikariDataSource console;

  KnownOutage(PatientPools pools, DataSource console) throws SQLException {
    this.pools = pools;
    this.console = console.unwrap(HikariDataSource.class);
  }

  /**
   * Tells whether no connection of the console's is left, and none is to be had. It then tries for
   * new ones by itself.
   */
  public boolean isNow() {
    return pools.isFailing("default") && console.getHikariPoolMXBean().getTotalConnections() == 0;
  }
}
