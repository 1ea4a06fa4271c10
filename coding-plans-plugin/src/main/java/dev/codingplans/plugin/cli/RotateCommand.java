package dev.codingplans.plugin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.plugin.cli.Failure.Kind;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rotate}: has everything encrypted under the key that encrypts now (I6). */
@Command(
    description = {
      "Encrypts everything anew under the keyset's primary key, while the gateway serves.",
      "Waits for the end; interrupted, it goes on by itself."
    })
final class RotateCommand extends GatewayCommand {

  private static final String PATH = "/admin/api/encryption/rotate";

  @Option(names = "--status", description = "Begin nothing; show how far it is.")
  private boolean statusOnly;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "PT1H",
      description = "How long to wait for the end; ${DEFAULT-VALUE} if nothing is said.")
  private Duration patience = Duration.ofHours(1);

  RotateCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int run(Gateway gateway, Printer printer) {
    var rotation = statusOnly ? gateway.get(PATH) : rotated(gateway);
    printer.document(rotation);
    if (!statusOnly && isRunning(rotation)) {
      throw new Failure(
          Kind.UNAVAILABLE, "It still runs and goes on by itself: `rotate --status` tells.");
    }
    return rotation.path("failed").isEmpty() ? DONE : FAILED;
  }

  private JsonNode rotated(Gateway gateway) {
    gateway.post(PATH);
    var progress = new Progress(terminal().err(), terminal().isWatched(), "rows encrypted anew");
    return new Job(gateway, PATH)
        .follow(
            patience,
            rotation -> !isRunning(rotation),
            rotation ->
                progress.show(rotation.path("done").asLong(), rotation.path("total").asLong()),
            progress::end);
  }

  private static boolean isRunning(JsonNode rotation) {
    return rotation.path("state").asText().equals("running");
  }
}
