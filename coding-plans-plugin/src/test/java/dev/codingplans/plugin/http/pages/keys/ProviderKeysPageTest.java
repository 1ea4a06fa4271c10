package dev.codingplans.plugin.http.pages.keys;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static dev.codingplans.plugin.support.TestPlugin.require;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.PageVisitor;
import dev.codingplans.plugin.support.RoundTrips;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.support.VisitedPage;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("the page of provider keys")
class ProviderKeysPageTest {

  private static final String SAVE = "/byok/minimax";
  private static final String DELETE = "/byok/minimax/delete";
  private static final String KEY = "sk-canary-of-a-user-9876";

  private static TestPlugin plugin;
  private static RoundTrips wire;

  @BeforeAll
  static void start() {
    var database = TestDatabase.fresh();
    wire = RoundTrips.to(database);
    plugin = TestPlugin.on(database, wire.settings(), List.of());
  }

  @AfterAll
  static void stop() throws IOException {
    plugin.close();
    wire.close();
  }

  @Test
  @DisplayName("B1 adds a key, which is shown by its end and said to block buying")
  void adds() {
    var empty = visitor("adds").open("/byok");
    assertThat(empty.text()).contains("MiniMax", "No key", "you cannot buy plans of MiniMax");

    var added = empty.form(SAVE).with("apiKey", KEY).submit();

    assertThat(added.banner()).isEqualTo("Key saved. It works from now on.");
    assertThat(added.text())
        .contains("Enabled", "ends in 9876", "This key blocks buying plans of MiniMax");
    assertThat(added.html()).doesNotContain("canary");
  }

  @Test
  @DisplayName("B1 replaces a key and leaves it switched off")
  void replaces() {
    var off = add("replaces").form(SAVE + "/disable").submit();
    assertThat(off.text()).contains("Key switched off.", "Off", "also while it is switched off");

    var replaced = off.form(SAVE).with("apiKey", "sk-other-1234").submit();

    assertThat(replaced.text()).contains("Off", "ends in 1234");
    assertThat(replaced.form(SAVE + "/enable").submit().text()).contains("Key enabled.", "Enabled");
  }

  @Test
  @DisplayName("B1 deletes a key after asking, which names it and what follows")
  void deletes() {
    var visitor = add("deletes").visitor();

    assertThat(visitor.part(DELETE).html()).startsWith("<dialog ");
    var question = visitor.open(DELETE);
    assertThat(question.text()).contains("Delete your key of MiniMax?", "ends in 9876");

    var deleted = question.form(DELETE).submit();
    assertThat(deleted.text()).contains("Key deleted.", "No key");
    assertThat(plugin.get(DELETE, "user:deletes").status()).isEqualTo(404);
    assertThat(question.form(DELETE).submit().banner()).isEqualTo("This does not exist any more.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"canary", "canary with spaces", "canary-schlüssel"})
  @DisplayName("B2 what is no key is refused and never echoed")
  void refuses(String key) {
    var form = visitor("refuses").open("/byok").form(SAVE).with("apiKey", key);

    assertThat(form.send().header("location")).doesNotContain("canary");
    var page = form.submit();
    assertThat(page.banner()).startsWith("That is no key: it must be 8 to 512 visible characters");
    assertThat(page.html()).doesNotContain("canary");
  }

  @Test
  @DisplayName("B1 the key of a plan is only shown, with the reason and its subscription")
  void managed() {
    var visitor = subscriber("managed");
    var form = visitor.open("/byok").form(SAVE).with("apiKey", KEY);
    buy("managed");

    var page = visitor.open("/byok");
    var id = plugin.get("/api/subscriptions", "user:managed").json().at("/items/0/id").asText();
    assertThat(page.text()).contains("From your plan", "cancel the plan", "Token Plan Plus");
    assertThat(page.html()).contains("href=\"/subscriptions/coding-plans/" + id + "\"");
    assertThat(page.forms()).noneMatch(it -> it.action().startsWith("/byok"));
    assertThat(form.submit().banner()).startsWith("This key comes with your plan");
  }

  @Test
  @DisplayName("X7 the key of a plan goes when its scheduled end passes; one that is lost is said")
  void goes() {
    var visitor = subscriber("goes");
    buy("goes");
    plugin
        .database()
        .execute("delete from coding_plans.byok_key where user_id = 'goes' and source = 'plan'");
    assertThat(visitor.open("/byok").text())
        .contains("The key of Token Plan Plus is missing", "Add key");

    plugin
        .database()
        .execute(
            """
            update coding_plans.subscription
               set cancel_at_period_end = true, current_period_start = now() - interval '2 days',
                   current_period_end = now() - interval '1 day'
             where user_id = 'goes'""");
    assertThat(visitor.open("/byok").text()).contains("No key").doesNotContain("Token Plan");
  }

  @Test
  @DisplayName("asks the database twice at most, who is there and what is held")
  void roundTrips() {
    var visitor = add("trips").visitor();

    assertThat(wire.of(() -> visitor.open("/byok"))).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  @DisplayName("a provider that the gateway does not know is not there")
  void unknown() {
    var form = visitor("unknown").open("/byok").form(SAVE);

    assertThat(plugin.get("/byok/nobody/delete", "user:unknown").status()).isEqualTo(404);
    assertThat(
            visitor("unknown")
                .post("/byok/nobody", "apiKey=" + KEY + "&csrf=" + form.fields().get("csrf"))
                .header("location"))
        .isEqualTo("/byok?error=not_found");
  }

  private static VisitedPage add(String user) {
    return visitor(user).open("/byok").form(SAVE).with("apiKey", KEY).submit();
  }

  private static PageVisitor subscriber(String user) {
    plugin.stock(PLUS, 1);
    plugin.credit(user, 20);
    return visitor(user);
  }

  private static void buy(String user) {
    require(plugin.buy(user, PLUS), 201);
  }

  private static PageVisitor visitor(String user) {
    return PageVisitor.of(plugin, user);
  }
}
