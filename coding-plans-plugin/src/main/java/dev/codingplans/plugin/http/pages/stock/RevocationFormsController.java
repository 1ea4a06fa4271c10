package dev.codingplans.plugin.http.pages.stock;

import dev.codingplans.plugin.credential.revocation.Revocations;
import dev.codingplans.plugin.http.audit.Audited;
import dev.codingplans.plugin.http.pages.Form;
import dev.codingplans.plugin.http.pages.Outcomes;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an operator says of credentials that are to be ended, each after a question (V2). */
@Controller(ConsoleController.PATH + "/revocations")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class RevocationFormsController {

  private static final Pattern REASON = Pattern.compile(Revocations.REASON);

  private final Revocations revocations;
  private final Confirmations confirmations;

  RevocationFormsController(Revocations revocations, Confirmations confirmations) {
    this.revocations = revocations;
    this.confirmations = confirmations;
  }

  @Get("/{id}/{deed}")
  HttpResponse<?> ask(
      HttpRequest<?> request, UUID id, String deed, @Nullable @QueryValue String status) {
    var filter = QueueFilter.parse(status);
    return confirmations.ask(
        request, Deed.Place.REVOCATIONS, id, deed, filter.query(), filter.path());
  }

  @Audited(value = "revocation.complete", target = "credential:{id}")
  @Post("/{id}/complete")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> complete(HttpRequest<?> request, UUID id, @Nullable @QueryValue String status) {
    return Outcomes.audited(
        request,
        QueueFilter.parse(status).path(),
        () -> {
          revocations.complete(id);
          return "revocation_completed";
        });
  }

  @Audited(value = "revocation.fail", target = "credential:{id}")
  @Post("/{id}/fail")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> fail(
      HttpRequest<?> request,
      UUID id,
      @Nullable @QueryValue String status,
      @RequestAttribute(Form.ATTRIBUTE) Form form) {
    return Outcomes.audited(
        request,
        QueueFilter.parse(status).path(),
        () -> {
          revocations.fail(id, reason(form));
          return "revocation_failed";
        });
  }

  @Audited(value = "revocation.requeue", target = "credential:{id}")
  @Post("/{id}/requeue")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> requeue(HttpRequest<?> request, UUID id, @Nullable @QueryValue String status) {
    return Outcomes.audited(
        request,
        QueueFilter.parse(status).path(),
        () -> {
          revocations.requeue(id);
          return "revocation_requeued";
        });
  }

  private static String reason(Form form) {
    var reason = form.text("failure");
    if (!REASON.matcher(reason).matches()) {
      throw Refusal.invalid("failure", "it must be 1 to 300 printable characters");
    }
    return reason;
  }
}
