package dev.codingplans.plugin.http.pages.stock;

import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.plugin.http.pages.Form;
import dev.codingplans.plugin.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;

/**
 * What was pasted: credentials, one a line. Lines are not stripped or left out, so that their
 * numbers are those of the text; only blank ones at its end are none.
 */
record UploadText(List<Secret> lines) {

  private static final int MAX_LINES = 1_000;
  private static final String FIELD = "entries";

  static UploadText of(Form form) {
    var lines = new ArrayList<Secret>();
    form.fields().getOrDefault(FIELD, List.of()).stream()
        .findFirst()
        .orElse("")
        .stripTrailing()
        .lines()
        // A secret is never empty; a blank line is as malformed as an empty one.
        .map(line -> Secret.of(line.isEmpty() ? " " : line))
        .forEach(lines::add);
    if (lines.isEmpty() || lines.size() > MAX_LINES) {
      throw Refusal.invalid(FIELD, "it must have 1 to 1,000 lines");
    }
    return new UploadText(lines);
  }
}
