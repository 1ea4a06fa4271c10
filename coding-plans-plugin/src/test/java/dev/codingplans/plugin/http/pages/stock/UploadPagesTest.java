package dev.codingplans.plugin.http.pages.stock;

import static dev.codingplans.plugin.support.TestPlugin.MAX;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.PageForm;
import dev.codingplans.plugin.support.PageVisitor;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.TestPlugin.Answer;
import dev.codingplans.plugin.support.UploadCalls;
import dev.codingplans.plugin.support.VisitedPage;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("uploads on the operator's console")
class UploadPagesTest {

  private static final String CONSOLE = "/admin/coding-plans";
  private static final String UPLOADS = CONSOLE + "/uploads";

  private static TestPlugin plugin;
  private static PageVisitor operator;

  @BeforeAll
  static void start() {
    plugin = TestPlugin.start();
    operator = new PageVisitor(plugin, "admin:root");
  }

  @AfterAll
  static void stop() {
    plugin.close();
  }

  @Test
  @DisplayName(
      "I1 takes pasted lines as they end on any system, and blank ones at the end are none")
  void stored() {
    var key = freshKey("plus");

    var answer =
        form(PLUS).with("entries", key + "::p1\r\n" + freshKey("plus") + "::p2\r\n\r\n \n").send();

    assertThat(ended(answer).text())
        .contains("The upload is done.")
        .contains("2 of 2 lines were stored.")
        .contains("Nothing. The credentials are in stock.")
        .contains("1 Stored 2 Stored")
        .doesNotContain(key);
    assertThat(audited("inventory.upload")).isEqualTo("upload:" + id(answer));
  }

  @Test
  @DisplayName(
      "I3 says of each line what became of it, by its number in the text, never with its key")
  void outcomes() {
    var good = freshKey("plus");

    var page =
        ended(
            form(PLUS)
                .with("mode", "partial")
                .with(
                    "entries",
                    String.join(
                        "\n",
                        "no separator",
                        good + "::p1",
                        good + "::p2",
                        freshKey("max") + "::p3",
                        "",
                        "sk-unauthorized-" + UUID.randomUUID() + "::p4",
                        "sk-untitled-" + UUID.randomUUID() + "::p5"))
                .send());

    assertThat(page.text())
        .contains(
            "1 Malformed 2 Stored 3 Duplicate 4 Another tier 5 Malformed 6 Rejected 7 Tier not proven")
        .contains("They are not sold until you approve them.");
    assertThat(page.html())
        .doesNotContain("sk-")
        .contains("credentials?planId=" + PLUS + "&amp;status=unverified");
  }

  @Test
  @DisplayName("I3 a dry run says what it would store, and stores nothing")
  void dryRun() {
    var page =
        ended(form(MAX).with("dryRun", "on").with("entries", freshKey("max") + "::p").send());

    assertThat(page.text())
        .contains("0 of 1 lines were stored.")
        .contains("Not stored, because this was a dry run.")
        .contains("Upload them again without the dry run");
  }

  @Test
  @DisplayName("I1 a plan of another provider is refused with that reason, and no key comes back")
  void mismatch() {
    var key = freshKey("max");

    var page =
        form(MAX)
            .with("provider", "acme")
            .with("mode", "partial")
            .with("entries", key + "::p")
            .submit();

    assertThat(page.banner()).startsWith("This plan is of another provider.");
    assertThat(page.text()).contains("Keys are not kept here, so enter them again.");
    assertThat(page.html()).doesNotContain(key);
    assertThat(page.form(UPLOADS).fields())
        .containsEntry("plan", MAX)
        .containsEntry("mode", "partial")
        .containsEntry("entries", "");
  }

  @Test
  @DisplayName("I1 takes a thousand lines and not one more, and none is none")
  void limits() {
    var thousand = "malformed\r\n".repeat(1_000);

    assertThat(ended(form(PLUS).with("entries", thousand).send()).text())
        .contains("1000 of 1000 lines are done")
        .contains("Nothing is stored.");
    assertThat(form(PLUS).with("entries", thousand + "x").submit().banner())
        .isEqualTo("Enter at least one and at most 1,000 lines.");
    assertThat(form(PLUS).with("entries", " \n").submit().banner())
        .isEqualTo("Enter at least one and at most 1,000 lines.");
    assertThat(form(PLUS).with("plan", "vm-5-monthly").with("entries", "x").submit().banner())
        .startsWith("There is no such plan");
  }

  @Test
  @DisplayName("a script asks for the progress until it is done, and for the plans of a provider")
  void parts() {
    var done = ended(form(PLUS).with("entries", "malformed").send());

    var part = plugin.call("GET", done.address(), "admin:root", "", "HX-Request", "true");

    assertThat(part.status()).isEqualTo(286);
    assertThat(part.body()).contains("hx-swap-oob").doesNotContain("<html");
    assertThat(operator.part(UPLOADS + "/plans?provider=minimax&plan=" + MAX).html())
        .contains("value=\"" + MAX + "\" selected");
    assertThat(operator.part(UPLOADS + "/plans?provider=acme").html()).doesNotContain("<option");
  }

  @Test
  @DisplayName("an upload that there is not is a page that says so")
  void unknown() {
    assertThat(plugin.get(UPLOADS + "/" + UUID.randomUUID(), "admin:root").status()).isEqualTo(404);
  }

  private static PageForm form(String plan) {
    return operator.open(CONSOLE).form(UPLOADS).with("plan", plan);
  }

  /** Waits until the upload is done, and returns its page. */
  private static VisitedPage ended(Answer answer) {
    TestPlugin.require(answer, 303);
    new UploadCalls(plugin).end(id(answer));
    return operator.open(answer.header("location"));
  }

  private static String id(Answer answer) {
    var location = answer.header("location");
    return location.substring(location.lastIndexOf('/') + 1);
  }

  private static String audited(String action) {
    for (var entry : plugin.get("/admin/api/audit", "admin:root").json().get("items")) {
      if (entry.get("action").asText().equals(action)) {
        return entry.get("target").asText();
      }
    }
    throw new AssertionError("no entry of " + action);
  }

  private static String freshKey(String tier) {
    return "sk-" + tier + "-" + UUID.randomUUID();
  }
}
