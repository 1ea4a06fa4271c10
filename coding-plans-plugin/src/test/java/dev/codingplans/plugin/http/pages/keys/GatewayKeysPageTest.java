package dev.codingplans.plugin.http.pages.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.support.PageVisitor;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestHost;
import dev.codingplans.plugin.support.TestPlugin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the page of the gateway's keys")
class GatewayKeysPageTest {

  private static final FewKeys KEYS = new FewKeys();

  private static TestDatabase database;
  private static TestPlugin plugin;

  @BeforeAll
  static void start() {
    database = TestDatabase.fresh();
    plugin = TestPlugin.on(database, new LendingHost(host(), Optional.of(KEYS)));
  }

  @AfterAll
  static void stop() {
    plugin.close();
  }

  @Test
  @DisplayName("a new key is shown on the answer that makes it, ready to be used, and never again")
  void shownOnce() {
    var page = visitor("ada").open("/keys");
    assertThat(page.text()).contains("You have no key yet.", "YOUR_GATEWAY_KEY");

    var answer = page.form("/keys").with("name", "laptop").send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    assertThat(answer.body())
        .contains("laptop", "api_key=\"gw_", "ANTHROPIC_AUTH_TOKEN", "minimax/MiniMax-M2")
        .doesNotContain("YOUR_GATEWAY_KEY\"");
    var later = visitor("ada").open("/keys");
    assertThat(later.text()).contains("laptop", "2 Jan 2026, 03:04", "never");
    assertThat(later.html()).doesNotContain("canary");
  }

  @Test
  @DisplayName("a form that is sent again, as by a reload, makes no second key and says so")
  void reload() {
    var form = visitor("bob").open("/keys").form("/keys");
    form.send();

    var again = form.submit();

    assertThat(again.banner()).startsWith("This form was sent before");
    assertThat(again.textsOf("tr")).hasSize(2);
  }

  @Test
  @DisplayName("what the host refuses is said in its words, and the name is there to be mended")
  void refused() {
    var visitor = visitor("cyd");
    var odd = visitor.open("/keys").form("/keys").with("name", "<script>?").send();
    assertThat(odd.status()).isEqualTo(409);
    assertThat(odd.body())
        .contains(FewKeys.ODD, "value=\"&lt;script>?\"")
        .doesNotContain("<script>?");

    visitor.open("/keys").form("/keys").send();
    visitor.open("/keys").form("/keys").send();
    assertThat(visitor.open("/keys").form("/keys").send().body())
        .contains("Two &lt;b&gt;keys&lt;/b&gt; are all there are.");
  }

  @Test
  @DisplayName("the examples name the address at which the browser has found the gateway")
  void address() {
    assertThat(plugin.get("/keys", "user:eve").body())
        .contains("curl " + plugin.address() + "/v1/chat/completions");
    assertThat(plugin.call("GET", "/keys", "user:eve", "", "x-forwarded-proto", "https").body())
        .contains("export ANTHROPIC_BASE_URL=\"https://" + plugin.address().getAuthority() + "\"");
  }

  @Test
  @DisplayName("a key is revoked after asking which, by nobody but its user")
  void revokes() {
    var visitor = visitor("fay");
    visitor.open("/keys").form("/keys").with("name", "<i>old</i>").send();
    var id = KEYS.list(new UserId("fay")).getFirst().id();
    var path = "/keys/" + id + "/revoke";

    assertThat(plugin.get(path, "user:gus").status()).isEqualTo(404);
    assertThat(visitor.part(path).html()).startsWith("<dialog ");
    var question = visitor.open(path);
    assertThat(question.html()).contains("&lt;i&gt;old&lt;/i&gt;");

    assertThat(question.form(path).submit().text()).contains("Key revoked.", "You have no key yet");
    assertThat(question.form(path).submit().banner()).isEqualTo("This does not exist any more.");
  }

  @Test
  @DisplayName("a host that fails is said to, without its details")
  void unavailable() {
    KEYS.setAway(true);
    try {
      var answer = plugin.get("/keys", "user:hal");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.body())
          .contains("Gateway keys cannot be shown or changed right now.")
          .doesNotContain("details");
    } finally {
      KEYS.setAway(false);
    }
  }

  @Test
  @DisplayName("a host that lends no keys has no such page, nor a way to it")
  void absent() {
    try (var bare = TestPlugin.on(database, new LendingHost(host(), Optional.empty()))) {
      var answer = bare.get("/keys", "user:ivy");
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.body()).doesNotContain("href=\"/keys\"");
    }
    assertThat(plugin.get("/byok", "user:ivy").body()).contains("href=\"/keys\"");
  }

  private static TestHost host() {
    return new TestHost(TestPlugin.settings(database, Map.of()), List.of());
  }

  private static PageVisitor visitor(String user) {
    return PageVisitor.of(plugin, user);
  }
}
