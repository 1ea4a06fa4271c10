package dev.codingplans.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codingplans.plugin.support.HostProcess;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.vault.Keyset;
import dev.codingplans.plugin.vault.OwnKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that is killed while it rotates. */
class KilledRotationIT {

  private static final Path JAR = Path.of(System.getProperty("dropin.jar"));
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int KEYS = 10_000;

  @TempDir Path folder;

  private final TestDatabase db = TestDatabase.fresh();

  @Test
  @DisplayName("I6 a rotation whose process is killed in its middle is ended by the next, once")
  void killed() throws Exception {
    Files.createDirectory(folder.resolve("plugins"));
    Files.copy(JAR, folder.resolve("plugins").resolve("coding-plans.jar"));
    var old = Keyset.generate();
    TestPlugin.on(db, Map.of("CODING_PLANS_KEYSET", old.toJson()), List.of()).close();
    OwnKeys.write(db, old, "user", KEYS);
    var promoted = old.withFreshKey().promoted();

    try (var holder = db.connect();
        var statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      // One row is kept, so that it cannot be over before the kill.
      statement.execute(
          "select from coding_plans.byok_key order by id desc limit 1 for no key update");
      try (var host = start(promoted)) {
        TestPlugin.require(host.call("POST", "/admin/api/encryption/rotate", "root:pear", ""), 202);
        await().atMost(PATIENCE).until(() -> done() >= 500);
      }
      holder.rollback();
    }
    assertThat(state()).isEqualTo("running");
    var doneByFirst = done();

    // The lease of the dead is over when it is over.
    db.execute("update coding_plans.vault_rotation set leased_until = clock_timestamp()");
    try (var host = start(promoted)) {
      await().atMost(PATIENCE).until(() -> state().equals("done"));
      assertThat(host.lines()).noneMatch(line -> line.contains("sk-user"));
    }

    assertThat(doneByFirst).isBetween(500, KEYS);
    assertThat(done()).as("each key and the canary, none twice").isEqualTo(KEYS + 1);
    assertThat(
            db.texts(
                "select distinct substring(ciphertext from 1 for 5) from coding_plans.byok_key"))
        .hasSize(1);
    // It has all that is needed.
    TestPlugin.on(
            db,
            Map.of("CODING_PLANS_KEYSET", promoted.retired(old.primaryKeyId()).toJson()),
            List.of())
        .close();
  }

  private HostProcess start(Keyset keyset) throws IOException {
    return HostProcess.start(
        folder, TestPlugin.settings(db, Map.of("CODING_PLANS_KEYSET", keyset.toJson())));
  }

  private int done() {
    return Integer.parseInt(
        db.texts("select done from coding_plans.vault_rotation").stream().findFirst().orElse("0"));
  }

  private String state() {
    return db.text("select state from coding_plans.vault_rotation");
  }
}
