package dev.codingplans.plugin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code upload}: puts credentials into stock, proven by the provider (I1 to I4). */
@Command(
    description = {
      "Uploads credentials of a plan, a line each: <api key>::<upstream plan id>.",
      "Prints the numbers of the lines that were not taken, and never a key."
    })
final class UploadCommand extends GatewayCommand {

  @Option(names = "--provider", required = true, paramLabel = "ID", description = "The provider.")
  private String provider = "";

  @Option(names = "--plan", required = true, paramLabel = "ID", description = "The plan.")
  private String plan = "";

  @Option(names = "--partial", description = "Store the good lines even if others are not.")
  private boolean partial;

  @Option(names = "--dry-run", description = "Prove all lines and store none.")
  private boolean dryRun;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      defaultValue = "PT1H",
      description = "How long to wait for the end; ${DEFAULT-VALUE} if nothing is said.")
  private Duration patience = Duration.ofHours(1);

  @Parameters(
      paramLabel = "FILE",
      description = "Where the lines are; - is the standard input. Keys are never arguments.")
  private String file = EntriesFile.STANDARD_INPUT;

  UploadCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int run(Gateway gateway, Printer printer) {
    var entries = EntriesFile.read(file, terminal().in());
    var id = gateway.post("/admin/api/inventory/uploads", request(entries)).path("id").asText();
    printer.note("Upload " + Cell.printable(id) + ", " + entries.size() + " lines");
    var upload = followed(gateway, id);
    var report = UploadReport.of(upload);
    printer.summary(upload, UploadReport.COLUMNS, report.bad());
    printer.note(report.summary());
    if (report.hasUnverified() && !dryRun) {
      printer.note("The unverified wait for approval: see `credentials --status unverified`.");
    }
    return report.bad().isEmpty() ? DONE : FAILED;
  }

  private JsonNode followed(Gateway gateway, String id) {
    var progress = new Progress(terminal().err(), terminal().isWatched(), "lines checked");
    return new Job(gateway, "/admin/api/inventory/uploads/" + id)
        .follow(
            patience,
            upload -> upload.path("state").asText().equals("done"),
            upload -> progress.show(upload.path("results").size(), upload.path("total").asLong()),
            progress::end);
  }

  private JsonNode request(List<String> entries) {
    var request =
        JsonNodeFactory.instance
            .objectNode()
            .put("providerId", provider)
            .put("planId", plan)
            .put("mode", partial ? "partial" : "all_or_nothing")
            .put("dryRun", dryRun);
    entries.forEach(request.putArray("entries")::add);
    return request;
  }
}
