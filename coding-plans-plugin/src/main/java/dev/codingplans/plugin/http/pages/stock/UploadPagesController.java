package dev.codingplans.plugin.http.pages.stock;

import static dev.codingplans.plugin.refusal.Refusal.Code.NOT_FOUND;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.credential.upload.Upload;
import dev.codingplans.plugin.credential.upload.Upload.Mode;
import dev.codingplans.plugin.credential.upload.Uploads;
import dev.codingplans.plugin.http.PathIds;
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
import java.net.URI;
import java.util.UUID;

/** Fills the stock, and shows how far that is; keys go in and never come out. */
@Controller(UploadPagesController.PATH)
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class UploadPagesController {

  static final String PATH = ConsoleController.PATH + "/uploads";

  /** What tells htmx to ask no more. */
  private static final int STOP_POLLING = 286;

  private final Uploads uploads;
  private final ConsoleReads reads;
  private final Catalog catalog;
  private final Pages pages;

  UploadPagesController(Uploads uploads, ConsoleReads reads, Catalog catalog, Pages pages) {
    this.uploads = uploads;
    this.reads = reads;
    this.catalog = catalog;
    this.pages = pages;
  }

  /** Answers a script with the plans of the provider that was chosen. */
  @Get("/plans")
  HttpResponse<?> plans(HttpRequest<?> request) {
    var form = UploadForm.of(catalog, UploadChoices.of(request)).ofChosenProvider();
    return pages.part(request, "stock/planChoice.jte", form);
  }

  /** Its place is the upload's: that names it in the audit log. */
  @Audited(value = "inventory.upload", target = "upload:{id}")
  @Post
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> upload(HttpRequest<?> request, @RequestAttribute(Form.ATTRIBUTE) Form form) {
    var choices = UploadChoices.of(form);
    Outcomes.rememberPage(request, choices.path());
    var id =
        uploads.take(
            new Upload(
                provider(choices.provider()),
                PathIds.plan(form.text("plan")),
                UploadText.of(form).lines(),
                choices.isPartial() ? Mode.PARTIAL : Mode.ALL_OR_NOTHING,
                choices.isDryRun()));
    return HttpResponse.seeOther(URI.create(PATH + "/" + id));
  }

  @Get("/{id}")
  HttpResponse<?> progress(HttpRequest<?> request, UUID id) {
    var upload =
        reads
            .findUpload(id)
            .map(facts -> UploadPage.of(facts, catalog))
            .orElseThrow(() -> new Refusal(NOT_FOUND, "There is no such upload."));
    if (PagePaths.isPart(request)) {
      var part = pages.part(request, "stock/progressPart.jte", upload);
      return upload.facts().isDone() ? part.status(STOP_POLLING, "Done") : part;
    }
    return pages.page(
        request, Section.CODING_PLANS, "stock.upload.title", "stock/upload.jte", upload);
  }

  private static ProviderId provider(String text) {
    if (!ProviderId.isWellFormed(text)) {
      throw Refusal.invalid("providerId", "there is no such provider");
    }
    return new ProviderId(text);
  }
}
