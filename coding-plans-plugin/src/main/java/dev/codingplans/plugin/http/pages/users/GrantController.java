package dev.codingplans.plugin.http.pages.users;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.Credits;
import dev.codingplans.plugin.credit.Credits.Grant;
import dev.codingplans.plugin.credit.Credits.Granted;
import dev.codingplans.plugin.credit.EntryKind;
import dev.codingplans.plugin.credit.lease.Recall;
import dev.codingplans.plugin.http.ClientKeys;
import dev.codingplans.plugin.http.PathUser;
import dev.codingplans.plugin.http.audit.Audited;
import dev.codingplans.plugin.http.pages.Form;
import dev.codingplans.plugin.http.pages.Outcomes;
import dev.codingplans.plugin.http.pages.PagePaths;
import dev.codingplans.plugin.http.pages.Pages;
import dev.codingplans.plugin.http.pages.Section;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/** The dialog in which an operator gives a user credit, or corrects a balance. */
@Controller("/admin/users")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class GrantController {

  /** Why an admin moves a balance. */
  private static final List<EntryKind> KINDS =
      List.of(EntryKind.PAID_CREDIT, EntryKind.GRANTED_CREDIT, EntryKind.ADJUSTMENT);

  private final Credits credits;
  private final Recall recall;
  private static final String KEY = "key";

  private final ClientKeys keys;
  private final Pages pages;

  GrantController(Credits credits, Recall recall, ClientKeys keys, Pages pages) {
    this.credits = credits;
    this.recall = recall;
    this.keys = keys;
    this.pages = pages;
  }

  /** Asks how much, and why; each time with a key of its own, unless a refusal leads back. */
  @Get("/{userId:[^/]+}/credits")
  HttpResponse<?> ask(HttpRequest<?> request) {
    var user = PathUser.of(request);
    var page = new GrantPage(user.value(), credits.balanceOf(user).microdollars(), keyOf(request));
    return PagePaths.isPart(request)
        ? pages.part(request, "users/grant.jte", page)
        : pages.page(request, Section.USERS, "users.grant.title", "users/grant.jte", page);
  }

  @Audited(value = "credit.grant", target = "user:{userId}")
  @Post("/{userId:[^/]+}/credits")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> grant(HttpRequest<?> request, @RequestAttribute(Form.ATTRIBUTE) Form form) {
    var user = PathUser.of(request);
    var isReplayed = new AtomicBoolean();
    var outcome =
        Outcomes.audited(
            request,
            UserLinks.found(user.value()),
            () -> {
              // What is refused is put right on the form; the balance is not the reader's own.
              Outcomes.rememberPage(
                  request, UserLinks.grantAgain(user.value(), form.id(KEY).toString()));
              isReplayed.set(grant(user, request, form).replayed());
              return "credits_granted";
            });
    return isReplayed.get() ? outcome.header(ClientKeys.REPLAYED, "true") : outcome;
  }

  private Granted grant(UserId user, HttpRequest<?> request, Form form) {
    var grant =
        new Grant(
            kind(form.text("kind")),
            DollarAmount.toMicrodollars("amount", form.text("amount")),
            form.text("reason"));
    var key = keys.ofAdminsForm(user, form.text(KEY), request, grant);
    return recall.whenFree(user, () -> credits.grant(user, grant, key));
  }

  /** The same key again: whether a commit that was not answered was done, only the key can tell. */
  private static UUID keyOf(HttpRequest<?> request) {
    try {
      return request
          .getParameters()
          .getFirst(KEY)
          .map(UUID::fromString)
          .orElseGet(UUID::randomUUID);
    } catch (IllegalArgumentException e) {
      // Falls through: no form of ours has such a key.
      return UUID.randomUUID();
    }
  }

  private static EntryKind kind(String code) {
    return KINDS.stream()
        .filter(kind -> kind.code().equals(code))
        .findFirst()
        .orElseThrow(() -> Refusal.invalid("kind", "there is no such kind"));
  }
}
