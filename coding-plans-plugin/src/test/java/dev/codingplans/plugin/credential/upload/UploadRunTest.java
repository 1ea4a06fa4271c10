package dev.codingplans.plugin.credential.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.plugin.catalog.CatalogSettings;
import dev.codingplans.plugin.settings.SettingsReader;
import dev.codingplans.plugin.support.Parts;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.vault.Place;
import dev.codingplans.plugin.vault.Vault;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Adapters that do what none should. */
@Timeout(60)
class UploadRunTest {

  private static final TestDatabase DB = TestDatabase.fresh();
  private static Parts node;

  @BeforeAll
  static void start() {
    TestPlugin.on(DB).close();
    node = Parts.on(DB);
    node.context().registerSingleton(CatalogSettings.read(new SettingsReader(Map.of())));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  @DisplayName("I2 a line whose proof breaks is unreachable, and the upload ends")
  void endsAfterAnError() throws InterruptedException {
    var upload = upload();

    run(
        upload,
        key -> {
          throw new NoClassDefFoundError("of an adapter");
        });

    assertThat(state(upload)).isEqualTo("done 1 free");
    assertThat(DB.text("select outcome from coding_plans.upload_line where upload_id = ?", upload))
        .isEqualTo("unreachable");
    assertThat(
            DB.text(
                "select ciphertext is null from coding_plans.upload_line where upload_id = ?",
                upload))
        .isEqualTo("t");
  }

  @Test
  @DisplayName("I2 a proof that comes to no end is left, and its lease ends by itself")
  void leavesWhatHangs() throws InterruptedException {
    var upload = upload();
    var never = new CountDownLatch(1);

    run(
        upload,
        key -> {
          never.await();
          return Outcome.VERIFIED;
        });

    assertThat(state(upload)).isEqualTo("running 1 leased");
  }

  private static void run(UUID id, Proof proof) throws InterruptedException {
    // Another test's upload is leased or done.
    var upload = node.get(UploadLeases.class).claim().orElseThrow();
    assertThat(upload.id()).isEqualTo(id);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      new UploadRun(
              upload,
              proof,
              node.get(Vault.class),
              node.get(UploadSteps.class),
              node.get(UploadEnd.class),
              new StopSignal(),
              Duration.ofSeconds(1))
          .run(node.get(UploadLines.class).unjudged(id), threads);
    }
  }

  /** An upload of one line. */
  private static UUID upload() {
    var upload = UUID.randomUUID();
    var line = UUID.randomUUID();
    var key = Secret.of("sk-" + line);
    var vault = node.get(Vault.class);
    DB.execute(
        """
        insert into coding_plans.upload (id, provider_id, plan_id, mode, dry_run, state)
        values (?, 'minimax', ?, 'partial', false, 'running')""",
        upload,
        TestPlugin.PLUS);
    DB.execute(
        """
        insert into coding_plans.upload_line (upload_id, line, id, upstream_plan_id, fingerprint, ciphertext)
        values (?, 1, ?, 'upstream', decode(?, 'hex'), decode(?, 'hex'))""",
        upload,
        line,
        HexFormat.of().formatHex(vault.fingerprint(key)),
        HexFormat.of()
            .formatHex(vault.encrypt(key, Place.ofUploadLine(line, new ProviderId("minimax")))));
    return upload;
  }

  private static String state(UUID upload) {
    return DB.text(
        """
        select concat_ws(' ', state, lease, case when leased_until is null then 'free' else 'leased' end)
          from coding_plans.upload where id = ?""",
        upload);
  }
}
