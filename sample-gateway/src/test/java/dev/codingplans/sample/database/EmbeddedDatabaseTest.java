package dev.codingplans.sample.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The embedded database")
class EmbeddedDatabaseTest {

  @TempDir private Path folder;

  @Test
  @DisplayName("leaves alone what another gateway runs in the same folder")
  void leavesOthersAlone() throws Exception {
    var first = new EmbeddedDatabase(folder);
    try (first) {
      first.start();

      assertThatThrownBy(new EmbeddedDatabase(folder)::start)
          .isInstanceOf(DatabaseStartException.class)
          .hasMessageContaining("another gateway uses this folder");

      assertThat(answers(first)).isTrue();
    }
  }

  private static boolean answers(EmbeddedDatabase database) throws SQLException {
    var settings = database.settings();
    try (var connection =
        DriverManager.getConnection(
            settings.get("DATABASE_URL"),
            settings.get("DATABASE_USER"),
            settings.get("DATABASE_PASSWORD"))) {
      return connection.isValid(5);
    }
  }
}
