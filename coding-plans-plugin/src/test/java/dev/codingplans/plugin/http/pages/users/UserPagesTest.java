package dev.codingplans.plugin.http.pages.users;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static dev.codingplans.plugin.support.TestPlugin.require;
import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.PageForm;
import dev.codingplans.plugin.support.PageVisitor;
import dev.codingplans.plugin.support.QuotaCalls;
import dev.codingplans.plugin.support.RoundTrips;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("the operator's pages of users")
class UserPagesTest {

  /** What an address, a page or a pattern could take for more than a name. */
  private static final String ODD = "<i>o'odd</i> \"50%\" a+b&c/d?e#f{g}";

  private static TestPlugin plugin;
  private static RoundTrips wire;

  @BeforeAll
  static void start() {
    var database = TestDatabase.fresh();
    wire = RoundTrips.to(database);
    plugin = TestPlugin.on(database, wire.settings(), List.of());
    database.execute(
        """
        insert into coding_plans.credit_account (user_id)
        select 'many-' || to_char(i, 'FM00') from generate_series(1, 26) i
         union select 'of-many-' || i from generate_series(1, 2) i""");
  }

  @AfterAll
  static void stop() throws IOException {
    plugin.close();
    wire.close();
  }

  @Test
  @DisplayName("a user is shown with balance, discount, live plans and quota plans")
  void shows() {
    plugin.stock(PLUS, 1);
    plugin.credit("ann", 60);
    require(plugin.buy("ann", PLUS), 201);
    var quota = new QuotaCalls(plugin);
    require(quota.buy("ann", QuotaCalls.FIVE), 201);
    require(quota.take("ann", "vm"), 201);

    var page = admin().open("/admin/users?query=ANN");

    assertThat(page.textOf("tr", ">ann<"))
        .startsWith("ann $30.00 none ")
        .contains("never 1 5 VMs 1 of 5 used, until");
    assertThat(page.html())
        .contains("href=\"/admin/coding-plans/subscriptions?userId=ann\"")
        .contains("href=\"/admin/allocations?userId=ann\"");
  }

  @Test
  @DisplayName("those whose id starts so come first, and more are loaded over that border")
  void more() {
    var page = admin().open("/admin/users?query=Many-");
    assertThat(page.textsOf("th")).contains("many-01", "many-25").doesNotContain("many-26");

    var next = page.html().split("hx-get=\"/admin/users\\?")[1].split("\"")[0];
    var rest = admin().part("/admin/users?" + next.replace("&amp;", "&"));

    assertThat(rest.textsOf("th")).containsExactly("many-26", "of-many-1", "of-many-2");
    assertThat(rest.html()).doesNotContain("<html").doesNotContain("hx-swap");
    assertThat(plugin.get("/admin/users?cursor=bm8", "admin:root").status()).isEqualTo(400);
  }

  @Test
  @DisplayName("asks the database twice at most, for the lists of users and of allocations")
  void roundTrips() {
    for (var list : List.of("/admin/users", "/admin/users?query=many", "/admin/allocations")) {
      assertThat(wire.of(() -> admin().open(list))).as(list).hasSizeLessThanOrEqualTo(2);
    }
  }

  @Test
  @DisplayName("credit is granted to the microdollar, once for each form, and written down")
  void grants() {
    var form = grantForm("bob").with("amount", "7.000001").with("reason", "thank you");

    var granted = form.submit();

    assertThat(granted.banner()).startsWith("Credits granted.");
    assertThat(granted.textOf("tr", ">bob<")).contains("$7.000001");
    assertThat(form.submit().textOf("tr", ">bob<")).contains("$7.000001");
    assertThat(outcomes("bob")).containsExactly("done", "replayed");
    var entry = plugin.get("/api/credits/entries", "user:bob").json().at("/items/0");
    assertThat(entry.get("kind").asText()).isEqualTo("granted_credit");
    assertThat(entry.get("description").asText()).isEqualTo("thank you");
  }

  @ParameterizedTest
  @CsvSource({
    "granted_credit, '1,5', dollars such as 20 or 7.50",
    "granted_credit, 1e3, dollars such as 20 or 7.50",
    "granted_credit, 0.0000001, dollars such as 20 or 7.50",
    "granted_credit, 0, must not be zero",
    "paid_credit, -1, only an adjustment may be negative",
    "adjustment, -1, The balance does not cover that."
  })
  @DisplayName("F3 what cannot be granted is refused on the form, and the attempt is written down")
  void refuses(String kind, String amount, String banner) {
    var user = kind + amount;
    var form = grantForm(user).with("kind", kind).with("amount", amount).with("reason", "slip");

    var refused = form.submit();

    assertThat(refused.banner()).contains(banner);
    assertThat(refused.hasForm(form.action())).isTrue();
    assertThat(outcomes(user)).hasSize(1).doesNotContain("done");
  }

  @Test
  @DisplayName("a user of any name is found, given credits and led to, and its text is inert")
  void oddName() {
    var nobody = admin().open(UserLinks.found(ODD));
    assertThat(nobody.text()).contains("No user id has that in it.").contains(ODD);
    assertThat(nobody.html()).doesNotContain("<i>");

    var form = grantForm(ODD).with("amount", "5").with("reason", "<script>alert(1)</script>");
    var found = form.submit();

    assertThat(found.banner()).startsWith("Credits granted.");
    assertThat(found.textOf("tr", "odd")).startsWith(ODD + " $5.00");
    assertThat(found.html()).doesNotContain("<i>").doesNotContain("<script>alert");
    assertThat(admin().open(UserLinks.allocations(ODD)).text())
        .contains("This user has taken no unit.");
  }

  @Test
  @DisplayName("allocations are shown with label, costs and ends, for all users or one")
  void allocations() {
    var quota = new QuotaCalls(plugin);
    plugin.credit("cyd", 10);
    require(quota.buy("cyd", QuotaCalls.FIVE), 201);
    require(quota.take("cyd", "vm", "{\"label\": \"<b>mine</b>\"}", "one"), 201);
    var id = quota.take("cyd", "vm").json().get("id").asText();
    require(quota.release("cyd", "vm", id), 204);

    var page = admin().open("/admin/allocations?userId=cyd");

    assertThat(page.textOf("tr", "mine"))
        .startsWith("cyd 5 VMs vm <b>mine</b> $2.00 ")
        .endsWith(" no");
    assertThat(page.html()).doesNotContain("<b>");
    assertThat(page.textsOf("tr").get(1))
        .startsWith("cyd 5 VMs vm none $2.00")
        .doesNotEndWith(" no");
    assertThat(admin().open("/admin/allocations").text()).contains("cyd");
  }

  @Test
  @DisplayName("users are kept out")
  void keptOut() {
    for (var path : List.of("/admin/users", "/admin/allocations", UserLinks.grant("ann"))) {
      assertThat(plugin.get(path, "user:ann").status()).as(path).isEqualTo(403);
    }
  }

  private static PageForm grantForm(String user) {
    return admin()
        .open(UserLinks.grant(user))
        .form(UserLinks.grant(user))
        .with("kind", "granted_credit");
  }

  private static PageVisitor admin() {
    return new PageVisitor(plugin, "admin:root");
  }

  private static List<String> outcomes(String user) {
    var entries = plugin.get("/admin/api/audit?limit=100", "admin:root").json().get("items");
    return StreamSupport.stream(entries.spliterator(), false)
        .filter(entry -> entry.get("target").asText().equals("user:" + user))
        .map(entry -> entry.get("outcome").asText())
        .toList()
        .reversed();
  }
}
