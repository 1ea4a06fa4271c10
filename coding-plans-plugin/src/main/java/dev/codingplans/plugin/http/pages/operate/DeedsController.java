package dev.codingplans.plugin.http.pages.operate;

import static io.micronaut.http.MediaType.APPLICATION_FORM_URLENCODED;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.http.ClientKeys;
import dev.codingplans.plugin.http.audit.Audited;
import dev.codingplans.plugin.http.pages.Form;
import dev.codingplans.plugin.http.pages.Outcomes;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.subscription.Cancellation;
import dev.codingplans.plugin.subscription.Extension;
import dev.codingplans.plugin.subscription.Subscriptions;
import dev.codingplans.plugin.subscription.Swap;
import dev.codingplans.plugin.subscription.Termination;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Does to a subscription what its operator has confirmed. */
@Controller(SubscriptionFilter.PATH)
@Consumes(APPLICATION_FORM_URLENCODED)
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class DeedsController {

  private static final String DAYS = "days";
  private static final int MAX_DAYS = 90;

  private final Subscriptions subscriptions;
  private final Cancellation cancellation;
  private final Termination termination;
  private final Extension extension;
  private final Swap swap;
  private final ClientKeys keys;

  DeedsController(
      Subscriptions subscriptions,
      Cancellation cancellation,
      Termination termination,
      Extension extension,
      Swap swap,
      ClientKeys keys) {
    this.subscriptions = subscriptions;
    this.cancellation = cancellation;
    this.termination = termination;
    this.extension = extension;
    this.swap = swap;
    this.keys = keys;
  }

  @Audited(value = "subscription.cancel", target = "subscription:{id}")
  @Post("/{id}/cancel")
  HttpResponse<?> cancel(HttpRequest<?> request, UUID id) {
    return outcome(
        request,
        () -> {
          cancellation.cancel(ownerOf(id), id);
          return "subscription_cancel_scheduled";
        });
  }

  @Audited(value = "subscription.terminate", target = "subscription:{id}")
  @Post("/{id}/terminate")
  HttpResponse<?> terminate(HttpRequest<?> request, UUID id) {
    return outcome(
        request,
        () -> {
          termination.terminate(ownerOf(id), id);
          return "subscription_terminated";
        });
  }

  @Audited(value = "subscription.extend", target = "subscription:{id}")
  @Post("/{id}/extend")
  HttpResponse<?> extend(
      HttpRequest<?> request, UUID id, @RequestAttribute(Form.ATTRIBUTE) Form form) {
    return outcome(
        request,
        () -> {
          extension.extendIfEnding(ownerOf(id), id, form.instant("seen"), days(form));
          return "subscription_extended";
        });
  }

  /** The key of the dialog makes a form that is sent twice swap once (I8). */
  @Audited(value = "credential.swap", target = "subscription:{id}")
  @Post("/{id}/swap")
  HttpResponse<?> swap(
      HttpRequest<?> request, UUID id, @RequestAttribute(Form.ATTRIBUTE) Form form) {
    var replayed = new AtomicBoolean();
    var answer =
        outcome(
            request,
            () -> {
              // Being sold out means something else to an operator than to a customer.
              Outcomes.rememberPage(request, filterOf(request).listAfter("credential"));
              var owner = ownerOf(id);
              var key = keys.ofAdminsForm(owner, form.id("key").toString(), request, Map.of());
              replayed.set(swap.swapFrom(owner, id, form.id("seen"), key).replayed());
              return "credential_swapped";
            });
    return replayed.get() ? answer.header(ClientKeys.REPLAYED, "true") : answer;
  }

  private static MutableHttpResponse<?> outcome(HttpRequest<?> request, Supplier<String> deed) {
    return Outcomes.audited(request, filterOf(request).list(), deed);
  }

  private static SubscriptionFilter filterOf(HttpRequest<?> request) {
    return SubscriptionFilter.of(request.getParameters());
  }

  private static int days(Form form) {
    try {
      var days = Integer.parseInt(form.text(DAYS));
      if (days >= 1 && days <= MAX_DAYS) {
        return days;
      }
    } catch (NumberFormatException e) {
      // Falls through: it is no number of days.
    }
    throw Refusal.invalid(DAYS, "it must be a whole number from 1 to " + MAX_DAYS);
  }

  private UserId ownerOf(UUID id) {
    return subscriptions.get(id).userId();
  }
}
