package dev.codingplans.plugin.cli;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code swap}: another credential for a subscription (I8). */
@Command(description = "Moves a live subscription to the next credential in stock, once.")
final class SwapCommand extends GatewayCommand {

  @Parameters(paramLabel = "ID", description = "The subscription.")
  private @Nullable UUID id;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "The key of an attempt whose outcome is not known; otherwise a fresh one.")
  private @Nullable String key;

  SwapCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int run(Gateway gateway, Printer printer) {
    var once = Optional.ofNullable(key).orElseGet(() -> UUID.randomUUID().toString());
    try {
      var answer = gateway.postOnce("/admin/api/subscriptions/" + id + "/swap-credential", once);
      printer.items(SubscriptionsCommand.COLUMNS, List.of(answer.body()));
      if (answer.replayed()) {
        printer.note("This key has swapped it before; nothing more was done.");
      }
      return DONE;
    } catch (Failure e) {
      throw e.with("To try the same again, add --idempotency-key " + once);
    }
  }
}
