package dev.codingplans.plugin.support;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What tests do to fill the stock, and how they follow it. */
public record UploadCalls(TestPlugin plugin) {

  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PATH = "/admin/api/inventory/uploads";
  private static final String CREDENTIALS = "/admin/api/inventory/credentials";
  private static final String ADMIN = "admin:root";

  public static String freshKey() {
    return "sk-" + UUID.randomUUID();
  }

  /** Returns lines with fresh keys. */
  public static String[] lines(int count) {
    return IntStream.range(0, count).mapToObj(i -> freshKey() + "::p" + i).toArray(String[]::new);
  }

  /** Uploads lines for a plan of MiniMax. */
  public Answer start(String plan, String mode, boolean dryRun, String... lines) {
    return start("minimax", plan, mode, dryRun, lines);
  }

  public Answer start(String provider, String plan, String mode, boolean dryRun, String... lines) {
    var body = JSON.createObjectNode();
    body.put("providerId", provider).put("planId", plan).put("mode", mode).put("dryRun", dryRun);
    var entries = body.putArray("entries");
    Stream.of(lines).forEach(entries::add);
    entries.forEach(entry -> ProviderFake.shared().tierOfEntry(entry.toString(), plan));
    return post(body.toString());
  }

  public Answer post(String body) {
    return plugin.call("POST", PATH, ADMIN, body);
  }

  public JsonNode progress(Answer upload) {
    return progress(id(upload));
  }

  public JsonNode progress(String id) {
    var progress = plugin.get(PATH + "/" + id, ADMIN);
    TestPlugin.require(progress, 200);
    return progress.json();
  }

  public static String id(Answer upload) {
    TestPlugin.require(upload, 202);
    return upload.json().get("id").asText();
  }

  /** Waits until the upload is done, whatever this node can tell meanwhile; returns how it went. */
  public JsonNode end(Answer upload) {
    return end(id(upload));
  }

  public JsonNode end(String id) {
    return await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(PATIENCE)
        .until(() -> plugin.get(PATH + "/" + id, ADMIN), UploadCalls::isDone)
        .json();
  }

  /** Lets the plan's unverified credentials be sold; a node that cannot answer is asked again. */
  public void approveAll(String plan) {
    var waiting = "?status=unverified&limit=100&planId=" + plan;
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(PATIENCE)
        .until(
            () -> {
              var listed = plugin.get(CREDENTIALS + waiting, ADMIN);
              listed.json().path("items").forEach(item -> approve(item.get("id").asText()));
              return listed.status() == 200 && listed.json().get("items").isEmpty();
            });
  }

  public Answer approve(String credential) {
    return plugin.call("POST", CREDENTIALS + "/" + credential + "/approve", ADMIN, "");
  }

  public Answer withdraw(String credential) {
    return plugin.call("POST", CREDENTIALS + "/" + credential + "/withdraw", ADMIN, "");
  }

  private static boolean isDone(Answer progress) {
    return progress.status() == 200 && progress.json().get("state").asText().equals("done");
  }

  /** Waits until the upload is done; returns what became of each of its lines. */
  public List<String> outcomes(Answer upload) {
    return outcomes(end(upload));
  }

  public static List<String> outcomes(JsonNode progress) {
    return StreamSupport.stream(progress.get("results").spliterator(), false)
        .map(line -> line.get("outcome").asText())
        .toList();
  }
}
