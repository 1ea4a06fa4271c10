package dev.codingplans.plugin.http.pages.stock;

import static dev.codingplans.plugin.support.TestPlugin.MAX;
import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.codingplans.plugin.support.PageVisitor;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.UploadCalls;
import dev.codingplans.plugin.support.VisitedPage;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("credentials and their revocation on the operator's console")
class RevocationFormsTest {

  private static final String CONSOLE = "/admin/coding-plans";
  private static final String CREDENTIALS = CONSOLE + "/credentials";
  private static final String REVOCATIONS = CONSOLE + "/revocations/";
  private static final Pattern ID = Pattern.compile("<code class=\"uuid\">([0-9a-f-]{36})<");
  private static final Pattern MORE = Pattern.compile("href=\"([^\"]*cursor=[^\"]*)\"");

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
      "I5 an unverified credential is approved or withdrawn, after a question that names it")
  void approve() {
    plugin.upload(PLUS, "partial", false, List.of("\"sk-untitled-one::hidden-upstream\""));
    var unverified = CREDENTIALS + "?planId=" + PLUS + "&status=unverified";
    var list = awaitRow(unverified);
    var id = ids(list).getFirst();
    assertThat(list.text()).contains("Token Plan Plus").contains("Unverified");
    assertThat(list.html()).doesNotContain("hidden-upstream").doesNotContain("sk-untitled");

    var question = operator.open(CREDENTIALS + "/" + id + "/approve?status=unverified");
    assertThat(question.text()).contains(id).contains("You answer for that.");
    var form = question.form(CREDENTIALS + "/" + id + "/approve?status=unverified");
    var after = form.submit();

    assertThat(after.banner()).isEqualTo("The credential is in stock now.");
    assertThat(after.address()).startsWith(CREDENTIALS + "?status=unverified");
    assertThat(after.text()).contains("There are no such credentials.");
    assertThat(form.submit().banner()).startsWith("This changed meanwhile");
    assertThat(operator.open(CREDENTIALS + "/" + id + "/approve").text())
        .contains("Somebody changed this credential meanwhile")
        .doesNotContain("You answer for that.");
  }

  @Test
  @DisplayName("V2 a revocation fails with a reason, is queued again and completed, each once")
  void queue() {
    plugin.stock(PLUS, 1);
    var id = ids(operator.open(CREDENTIALS + "?status=available")).getFirst();
    withdraw(id);
    assertThat(row(id)).contains("Revocation pending").contains("Never used").contains("upstream-");

    var failing = operator.open(REVOCATIONS + id + "/fail").form(REVOCATIONS + id + "/fail");
    assertThat(failing.with("failure", " ").submit().banner())
        .startsWith("Give a reason of 1 to 300");
    var failed = failing.with("failure", "<b>no</b> api_key=abcdef").submit();
    assertThat(failed.banner()).isEqualTo("The revocation is marked as failed.");
    assertThat(failed.html()).contains("&lt;b&gt;no&lt;/b&gt; [redacted]").doesNotContain("abcdef");
    assertThat(row(id)).contains("Revocation failed");

    assertThat(decide(id, "requeue").banner()).isEqualTo("The revocation is pending again.");
    assertThat(decide(id, "complete").banner()).isEqualTo("The credential is marked as revoked.");
    assertThat(operator.open(CONSOLE).html()).doesNotContain(id);
    assertThat(operator.open(CONSOLE + "?status=revoked").textOf("tr", id))
        .contains("Revoked")
        .doesNotContain("upstream-");
    assertThat(failing.with("failure", "late").submit().banner())
        .startsWith("This changed meanwhile");
  }

  @Test
  @DisplayName("V1 the queue and the credentials come in pages, also to a script")
  void pages() {
    plugin.stock(MAX, 52);
    var all = CREDENTIALS + "?planId=" + MAX + "&status=available";
    for (int page = 1; page <= 2; page++) {
      ids(operator.open(all)).stream().limit(13).forEach(new UploadCalls(plugin)::withdraw);
    }

    for (var address : List.of(CONSOLE, all)) {
      var first = operator.open(address);
      var more = MORE.matcher(first.html());
      assertThat(more.find()).isTrue();
      var next = more.group(1).replace("&amp;", "&");
      var rows = operator.part(next);
      assertThat(rows.html().strip()).startsWith("<tr>");
      assertThat(ids(rows)).isNotEmpty().doesNotContainAnyElementsOf(ids(first));
      assertThat(ids(operator.open(next))).containsAll(ids(rows));
    }
  }

  @Test
  @DisplayName("a script gets the question as a dialog, and a filter as a part of the page")
  void parts() {
    plugin.stock(PLUS, 1);
    var id = ids(operator.open(CREDENTIALS + "?status=available")).getFirst();

    assertThat(operator.part(CREDENTIALS + "/" + id + "/withdraw").html().strip())
        .startsWith("<dialog aria-labelledby=");
    assertThat(operator.part(CONSOLE + "?status=revoked").html().strip())
        .startsWith("<section id=\"revocations\"");
    assertThat(plugin.get(CREDENTIALS + "/" + id + "/complete", "admin:root").status())
        .isEqualTo(404);
    assertThat(plugin.get(CONSOLE + "?status=available", "admin:root").status()).isEqualTo(400);
  }

  private static void withdraw(String id) {
    var address = CREDENTIALS + "/" + id + "/withdraw";
    assertThat(operator.open(address).form(address).submit().banner()).contains("left the stock");
  }

  private static VisitedPage decide(String id, String deed) {
    return operator
        .open(REVOCATIONS + id + "/" + deed)
        .form(REVOCATIONS + id + "/" + deed)
        .submit();
  }

  private static String row(String id) {
    return operator.open(CONSOLE).textOf("tr", id);
  }

  private static VisitedPage awaitRow(String address) {
    return await()
        .atMost(UploadCalls.PATIENCE)
        .until(() -> operator.open(address), page -> !ids(page).isEmpty());
  }

  private static List<String> ids(VisitedPage page) {
    return ID.matcher(page.html()).results().map(found -> found.group(1)).toList();
  }
}
