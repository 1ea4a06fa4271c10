package dev.codingplans.plugin.http.pages.stock;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.credential.Stock;
import dev.codingplans.plugin.credential.StockIntake;
import dev.codingplans.plugin.credential.StoredCredential;
import dev.codingplans.plugin.http.Cursors;
import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.http.audit.Audited;
import dev.codingplans.plugin.http.pages.Outcomes;
import dev.codingplans.plugin.http.pages.PagePaths;
import dev.codingplans.plugin.http.pages.Pages;
import dev.codingplans.plugin.http.pages.Section;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The credentials one by one, and what an operator decides about them. */
@Controller(ConsoleController.PATH + "/credentials")
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class CredentialsController {

  private static final int PAGE = 25;

  private final Stock stock;
  private final StockIntake intake;
  private final Catalog catalog;
  private final Cursors cursors;
  private final Confirmations confirmations;
  private final Pages pages;

  CredentialsController(
      Stock stock,
      StockIntake intake,
      Catalog catalog,
      Cursors cursors,
      Confirmations confirmations,
      Pages pages) {
    this.stock = stock;
    this.intake = intake;
    this.catalog = catalog;
    this.cursors = cursors;
    this.confirmations = confirmations;
    this.pages = pages;
  }

  @Get
  HttpResponse<?> list(
      HttpRequest<?> request,
      @Nullable @QueryValue String planId,
      @Nullable @QueryValue String status,
      @Nullable @QueryValue String cursor) {
    var filter = CredentialFilter.parse(planId, status);
    var page = page(filter, Page.positionBefore(cursor));
    return PagePaths.isPart(request)
        ? pages.part(request, "stock/credentialRows.jte", page)
        : pages.page(
            request,
            Section.CODING_PLANS,
            "stock.credentials.title",
            "stock/credentials.jte",
            page);
  }

  @Get("/{id}/{deed}")
  HttpResponse<?> ask(
      HttpRequest<?> request,
      UUID id,
      String deed,
      @Nullable @QueryValue String planId,
      @Nullable @QueryValue String status) {
    var filter = CredentialFilter.parse(planId, status);
    return confirmations.ask(
        request, Deed.Place.CREDENTIALS, id, deed, filter.query(), filter.path());
  }

  @Audited(value = "credential.approve", target = "credential:{id}")
  @Post("/{id}/approve")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> approve(
      HttpRequest<?> request,
      UUID id,
      @Nullable @QueryValue String planId,
      @Nullable @QueryValue String status) {
    return Outcomes.audited(
        request,
        CredentialFilter.parse(planId, status).path(),
        () -> {
          intake.approve(id);
          return "credential_approved";
        });
  }

  @Audited(value = "credential.withdraw", target = "credential:{id}")
  @Post("/{id}/withdraw")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> withdraw(
      HttpRequest<?> request,
      UUID id,
      @Nullable @QueryValue String planId,
      @Nullable @QueryValue String status) {
    return Outcomes.audited(
        request,
        CredentialFilter.parse(planId, status).path(),
        () -> {
          stock.withdraw(id);
          return "credential_withdrawn";
        });
  }

  private CredentialsPage page(CredentialFilter filter, long before) {
    var rows =
        stock.listBefore(
            filter.plan().map(PlanId::value), filter.status(), Optional.empty(), before, PAGE + 1);
    var page = Page.of(rows, PAGE, StoredCredential::position, row -> row);
    var older =
        Optional.ofNullable(page.nextCursor())
            .map(last -> filter.pathAfter(cursors.of(Deed.Place.CREDENTIALS.path(), last)));
    return new CredentialsPage(filter, page.items(), older, catalog);
  }
}
