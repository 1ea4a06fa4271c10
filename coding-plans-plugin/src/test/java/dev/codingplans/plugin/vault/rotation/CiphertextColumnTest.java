package dev.codingplans.plugin.vault.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CiphertextColumnTest {

  private static final TestDatabase DB = TestDatabase.fresh();

  @BeforeAll
  static void migrate() {
    TestPlugin.on(DB).close();
  }

  @Test
  @DisplayName("I6 a rotation knows every column of the type that ciphertexts have")
  void knowsEveryColumn() {
    assertThat(columns("domain_name = 'ciphertext'"))
        .containsExactlyInAnyOrderElementsOf(
            CiphertextColumn.ALL.stream().map(column -> column.table() + ".ciphertext").toList());
  }

  @Test
  @DisplayName("I6 bytes that are no ciphertext are hashes, and say so by their name")
  void otherBytesAreHashes() {
    assertThat(columns("data_type = 'bytea' and domain_name is null"))
        .isNotEmpty()
        .allMatch(column -> column.endsWith("_hash") || column.endsWith(".fingerprint"));
  }

  private static List<String> columns(String condition) {
    return DB.texts(
        """
        select table_name || '.' || column_name
          from information_schema.columns
          join information_schema.tables using (table_schema, table_name)
         where table_schema = 'coding_plans' and table_type = 'BASE TABLE' and\s"""
            + condition);
  }
}
