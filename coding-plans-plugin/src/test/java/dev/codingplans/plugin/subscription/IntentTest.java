package dev.codingplans.plugin.subscription;

import static dev.codingplans.plugin.support.TestPlugin.MAX;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import dev.codingplans.plugin.support.UploadCalls;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IntentTest {

  private TestPlugin plugin;

  @BeforeEach
  void start() {
    plugin = TestPlugin.start();
  }

  @AfterEach
  void stop() {
    plugin.close();
  }

  @Test
  @DisplayName("N1, C4 who waits for a sold-out plan is remembered once, and can be forgotten")
  void saves() {
    assertThat(put("ann", PLUS).status()).isEqualTo(200);
    assertThat(put("ann", PLUS).status()).isEqualTo(200);
    assertThat(isSaved("ann", PLUS)).isTrue();
    assertThat(isSaved("ann", MAX)).isFalse();
    assertThat(isSaved("bob", PLUS)).isFalse();

    assertThat(delete("ann", PLUS).status()).isEqualTo(204);
    assertThat(delete("ann", PLUS).status()).isEqualTo(204);
    assertThat(isSaved("ann", PLUS)).isFalse();
  }

  @Test
  @DisplayName("N1, C3 only for a plan that is sold out and not closed; paused will do")
  void refuses() {
    plugin.stock(PLUS, 1);

    assertThat(put("ann", PLUS).code()).isEqualTo("plan_available");
    assertThat(put("ann", "no-such-plan").code()).isEqualTo("unknown_plan");
    assertThat(put("ann", "vm-5-monthly").code()).isEqualTo("unknown_plan");
    setState(MAX, "paused");
    assertThat(put("ann", MAX).status()).isEqualTo(200);
    setState(MAX, "closed");
    assertThat(put("bob", MAX).code()).isEqualTo("plan_closed");
    assertThat(delete("ann", MAX).status()).isEqualTo(204);
  }

  @Test
  @DisplayName("N1 also while another plan of the provider is live")
  void savesWhileSubscribed() {
    plugin.stock(PLUS, 1);
    plugin.credit("ann", 20);
    TestPlugin.require(plugin.buy("ann", PLUS), 201);

    assertThat(put("ann", MAX).status()).isEqualTo(200);
  }

  @Test
  @DisplayName(
      "N2 when stock arrives the longest waiting are told, as many as there is stock, once")
  void tells() {
    for (var user : List.of("ann", "bob", "cid", "dot")) {
      TestPlugin.require(put(user, PLUS), 200);
    }
    TestPlugin.require(put("eve", MAX), 200);

    plugin.stock(PLUS, 2);
    assertThat(told()).containsExactly("ann", "bob");
    assertThat(isSaved("ann", PLUS)).isFalse();
    assertThat(isSaved("cid", PLUS)).isTrue();

    plugin.stock(PLUS, 1);
    assertThat(told()).containsExactly("ann", "bob", "cid", "dot");
    plugin.stock(PLUS, 5);
    assertThat(told()).hasSize(4);
  }

  @Test
  @DisplayName("N2 an upload that stores nothing tells nobody")
  void dryRunTellsNobody() {
    TestPlugin.require(put("ann", PLUS), 200);

    var uploads = new UploadCalls(plugin);
    uploads.end(uploads.start(PLUS, "all_or_nothing", true, "sk-one::u1"));
    uploads.end(uploads.start(PLUS, "all_or_nothing", false, "sk-one::u1", "malformed"));
    uploads.end(uploads.start(PLUS, "partial", false, "malformed"));

    assertThat(told()).isEmpty();
    assertThat(isSaved("ann", PLUS)).isTrue();
  }

  @Test
  @DisplayName("N2 a credential that an admin approves is stock that arrives, and not before")
  void approvalTells() {
    TestPlugin.require(put("ann", PLUS), 200);
    var uploads = new UploadCalls(plugin);
    uploads.end(uploads.start(PLUS, "partial", false, "sk-untitled-n2::u1"));
    assertThat(told()).isEmpty();

    uploads.approveAll(PLUS);

    assertThat(told()).containsExactly("ann");
  }

  private List<String> told() {
    return plugin
        .database()
        .texts("select user_id from coding_plans.event where type = 'stock.available' order by id");
  }

  private Answer put(String user, String plan) {
    return plugin.call("PUT", path(plan), "user:" + user, "");
  }

  private Answer delete(String user, String plan) {
    return plugin.call("DELETE", path(plan), "user:" + user, "");
  }

  private static String path(String plan) {
    return "/api/plans/" + plan + "/availability-intent";
  }

  private void setState(String plan, String state) {
    TestPlugin.require(
        plugin.call(
            "PUT",
            "/admin/api/plans/" + plan + "/sales-state",
            "admin:root",
            "{\"state\": \"" + state + "\"}"),
        200);
  }

  private boolean isSaved(String user, String plan) {
    for (var shown : plugin.get("/api/plans", "user:" + user).json().get("items")) {
      if (shown.get("id").asText().equals(plan)) {
        return shown.get("intentSaved").asBoolean();
      }
    }
    throw new AssertionError("no plan " + plan);
  }
}
