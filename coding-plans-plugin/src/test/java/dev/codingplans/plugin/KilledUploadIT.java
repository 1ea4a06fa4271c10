package dev.codingplans.plugin;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codingplans.plugin.support.HostProcess;
import dev.codingplans.plugin.support.ProviderFake;
import dev.codingplans.plugin.support.Reconciled;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that is killed in the middle of an upload, again and again. */
class KilledUploadIT {

  private static final Path JAR = Path.of(System.getProperty("dropin.jar"));
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String ROOT = "root:pear";
  private static final int KILLS = 3;
  private static final int LINES = 120;
  private static final int LINES_A_LIFE = LINES / (KILLS + 1);

  @TempDir Path folder;

  private final TestDatabase db = TestDatabase.fresh();
  private final ProviderFake provider = new ProviderFake();

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  @DisplayName(
      "I2, I3 stores nothing by half, asks again only about what it had not noted, and ends")
  void killedDuringUpload() throws Exception {
    Files.createDirectory(folder.resolve("plugins"));
    Files.copy(JAR, folder.resolve("plugins").resolve("coding-plans.jar"));
    provider.latency(Duration.ofMillis(150));

    for (int kill = 1; kill <= KILLS; kill++) {
      // Its end is a kill.
      try (var host = start()) {
        if (kill == 1) {
          upload(host);
        }
        awaitLines(kill * LINES_A_LIFE);
      }
      assertThat(db.text("select state from coding_plans.upload")).isEqualTo("running");
      assertThat(db.texts("select id from coding_plans.credential")).isEmpty();
      // The dead hold their leases for a while; nobody wants to wait for that here.
      db.execute("update coding_plans.upload set leased_until = clock_timestamp()");
    }

    try (var host = start()) {
      await()
          .atMost(PATIENCE)
          .until(() -> db.text("select state from coding_plans.upload").equals("done"));
      assertThat(db.text("select stored from coding_plans.upload")).isEqualTo("" + LINES);
      assertThat(db.texts("select upstream_plan_id from coding_plans.credential order by position"))
          .isEqualTo(IntStream.range(0, LINES).mapToObj(i -> "u" + i).toList());
      assertThat(keptTexts()).isEmpty();
      assertThat(callsMoreThanOnce()).isLessThanOrEqualTo(KILLS * LINES / 2);
      Reconciled.assertReconciled(host.call("GET", "/admin/api/reconciliation", ROOT, ""));
      assertThat(host.lines()).noneMatch(line -> line.contains("sk-killed-"));
    }
  }

  private HostProcess start() throws IOException {
    return HostProcess.start(
        folder,
        TestPlugin.settings(
            db,
            Map.of("MINIMAX_BASE_URL", provider.url(), "CODING_PLANS_UPLOAD_INTERVAL", "PT0.2S")));
  }

  private static void upload(HostProcess host) throws Exception {
    var entries =
        IntStream.range(0, LINES)
            .mapToObj(i -> "\"" + key(i) + "::u" + i + "\"")
            .collect(Collectors.joining(","));
    var body =
        "{\"providerId\":\"minimax\",\"planId\":\"" + PLUS + "\",\"entries\":[" + entries + "]}";
    TestPlugin.require(host.call("POST", "/admin/api/inventory/uploads", ROOT, body), 202);
  }

  private void awaitLines(int lines) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                db.texts("select line from coding_plans.upload_line where outcome is not null")
                        .size()
                    >= lines);
  }

  /** What was not noted before the kill is asked about again, and nothing else. */
  private int callsMoreThanOnce() {
    return IntStream.range(0, LINES).map(i -> Math.max(0, provider.callsOf(key(i)) - 2)).sum();
  }

  private List<String> keptTexts() {
    return db.texts(
        "select upload_id from coding_plans.upload_line where num_nonnulls(id, ciphertext) > 0");
  }

  private static String key(int line) {
    return "sk-killed-plus-" + line;
  }
}
