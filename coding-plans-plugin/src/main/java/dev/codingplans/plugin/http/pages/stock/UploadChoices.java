package dev.codingplans.plugin.http.pages.stock;

import dev.codingplans.plugin.http.pages.Form;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.uri.UriBuilder;
import java.util.Optional;

/**
 * What is chosen in the form of an upload. It travels in the address when the form is refused; keys
 * never do.
 *
 * @param isAgain whether the form was refused just now
 */
record UploadChoices(
    String provider, Optional<String> plan, boolean isPartial, boolean isDryRun, boolean isAgain) {

  private static final String PRESET = "minimax";
  private static final String PARTIAL = "partial";

  static UploadChoices of(HttpRequest<?> request) {
    var parameters = request.getParameters();
    return new UploadChoices(
        parameters.getFirst("provider").orElse(PRESET),
        parameters.getFirst("plan"),
        parameters.getFirst("mode").filter(PARTIAL::equals).isPresent(),
        parameters.contains("dryRun"),
        parameters.contains("upload"));
  }

  static UploadChoices of(Form form) {
    return new UploadChoices(
        form.find("provider").orElse(PRESET),
        form.find("plan"),
        form.find("mode").filter(PARTIAL::equals).isPresent(),
        form.isOn("dryRun"),
        true);
  }

  /** Returns the address of the console with the form as it was. */
  String path() {
    var page =
        UriBuilder.of(ConsoleController.PATH)
            .queryParam("upload", "again")
            .queryParam("field", "upload")
            .queryParam("provider", provider)
            .fragment("upload");
    plan.ifPresent(chosen -> page.queryParam("plan", chosen));
    if (isPartial) {
      page.queryParam("mode", PARTIAL);
    }
    if (isDryRun) {
      page.queryParam("dryRun", "on");
    }
    return page.build().toString();
  }
}
