package dev.codingplans.plugin.cli;

import static dev.codingplans.plugin.cli.Column.dollars;
import static dev.codingplans.plugin.cli.Column.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.codingplans.plugin.cli.Failure.Kind;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code credits grant}: credit for a user, or a correction. */
@Command(description = "Adds to a user's balance, or corrects it, once.")
final class CreditsGrant extends GatewayCommand {

  private static final int MICRO = 6;

  private static final List<Column> COLUMNS =
      List.of(
          text("ENTRY", "id"),
          text("KIND", "kind"),
          dollars("AMOUNT USD", "amountMicrodollars"),
          dollars("BALANCE USD", "balanceAfterMicrodollars"),
          text("DESCRIPTION", "description"));

  @Parameters(paramLabel = "USER", description = "Whose balance; the user need not exist yet.")
  private String user = "";

  @Option(
      names = "--dollars",
      required = true,
      paramLabel = "N",
      description = "How much, such as 12.50; an adjustment may take away.")
  private BigDecimal dollars = BigDecimal.ZERO;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "paid_credit, granted_credit or adjustment; without it, granted_credit.")
  private String kind = "granted_credit";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "What the user reads about it.")
  private String reason = "";

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "The key of an attempt whose outcome is not known; otherwise a fresh one.")
  private @Nullable String key;

  CreditsGrant(Terminal terminal) {
    super(terminal);
  }

  @Override
  int run(Gateway gateway, Printer printer) {
    var once = Optional.ofNullable(key).orElseGet(() -> UUID.randomUUID().toString());
    var body = body();
    try {
      var answer = gateway.postOnce(path(), once, body);
      printer.items(COLUMNS, List.of(answer.body()));
      if (answer.replayed()) {
        printer.note("This key has done it before; nothing more was done.");
      }
      return DONE;
    } catch (Failure e) {
      throw e.with("To try the same again, add --idempotency-key " + once);
    }
  }

  private String path() {
    // A form's plus sign is no space in a path.
    var segment = URLEncoder.encode(user, StandardCharsets.UTF_8).replace("+", "%20");
    return "/admin/api/users/" + segment + "/credits";
  }

  private JsonNode body() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("amountMicrodollars", microdollars())
        .put("kind", kind)
        .put("reason", reason);
  }

  private long microdollars() {
    try {
      return dollars.movePointRight(MICRO).longValueExact();
    } catch (ArithmeticException e) {
      throw new Failure(
          Kind.MISUSE, "--dollars has more than six digits after the point, or is too much.");
    }
  }
}
