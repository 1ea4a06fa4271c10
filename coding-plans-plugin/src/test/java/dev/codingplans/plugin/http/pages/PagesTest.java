package dev.codingplans.plugin.http.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.PageVisitor;
import dev.codingplans.plugin.support.TestPlugin;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("pages")
class PagesTest {

  private static final Pattern ASSET =
      Pattern.compile("(?:href|src)=\"(/coding-plans/assets/[^\"]*)");

  private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([^\"]+)");

  private static TestPlugin plugin;

  @BeforeAll
  static void start() {
    plugin = TestPlugin.start();
  }

  @AfterAll
  static void stop() {
    plugin.close();
  }

  @Test
  @DisplayName("an address without a page is answered with one that says so, under a strict policy")
  void missing() {
    var answer = plugin.get("/subscriptions/nowhere", "user:u");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("content-type")).startsWith("text/html");
    assertThat(answer.header("content-security-policy"))
        .startsWith("default-src 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.body())
        .contains(answer.header("x-correlation-id"))
        .contains("<title>Not Found – Coding Plans</title>");
  }

  @Test
  @DisplayName("what a page loads is there for everybody, and for ever")
  void assets() {
    var assets =
        ASSET.matcher(plugin.get("/subscriptions/nowhere", "user:u").body()).results().toList();

    assertThat(assets).hasSizeGreaterThanOrEqualTo(5);
    for (var asset : assets) {
      var answer = plugin.get(asset.group(1), "");
      assertThat(answer.status()).as(asset.group(1)).isEqualTo(200);
      assertThat(answer.header("cache-control")).contains("immutable");
    }
  }

  @ParameterizedTest
  @CsvSource({"user:u, /subscriptions", "admin:a, /admin/coding-plans"})
  @DisplayName("the root leads to the first page that is the viewer's")
  void root(String caller, String first) {
    var answer = plugin.get("/", caller);

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("location")).isEqualTo(first);
  }

  @Test
  @DisplayName("the navigation shows what the role may open, and nothing else")
  void navigation() {
    assertThat(plugin.get("/usage/nowhere", "user:u").body())
        .contains("href=\"/usage\"")
        .doesNotContain("/admin/");
    assertThat(plugin.get("/admin/nowhere", "admin:a").body())
        .contains("href=\"/admin/users\"")
        .doesNotContain("href=\"/usage\"");
  }

  @Test
  @DisplayName("a program gets a problem where a person gets a page")
  void programs() {
    var answer =
        plugin.call("GET", "/subscriptions/nowhere", "user:u", "", "accept", "application/json");

    assertThat(answer.code()).isEqualTo("not_found");
  }

  @Test
  @DisplayName("a form of another site, or of another sign-in, does nothing")
  void forgedForm() {
    var answer =
        plugin.call(
            "POST",
            "/subscriptions/nowhere",
            "user:u",
            "csrf=guessed",
            "content-type",
            "application/x-www-form-urlencoded");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("This form is from another sign-in.");
  }

  @Test
  @DisplayName("a form holds for the sign-in that it was given to")
  void formOfAnotherSignIn() {
    var morning = new PageVisitor(plugin, "user:u;iat=2026-01-01T08:00:00Z");
    var evening = new PageVisitor(plugin, "user:u;iat=2026-01-01T18:00:00Z");
    var token = TOKEN.matcher(morning.open("/usage").html()).results().findFirst().orElseThrow();

    var form = "csrf=" + token.group(1);

    assertThat(evening.post("/usage/nothing", form).status()).isEqualTo(403);
    assertThat(morning.post("/usage/nothing", form).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/usage", "/api/credits", "/admin/api/inventory"})
  @DisplayName("no cache keeps what a session was shown")
  void uncached(String path) {
    var answer = plugin.call("GET", path, path.startsWith("/admin") ? "admin:a" : "user:u", "");

    assertThat(answer.header("cache-control")).isEqualTo("no-store");
  }
}
