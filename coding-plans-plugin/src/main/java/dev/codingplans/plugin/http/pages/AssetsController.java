package dev.codingplans.plugin.http.pages;

import static dev.codingplans.plugin.refusal.Refusal.Code.NOT_FOUND;

import dev.codingplans.plugin.http.ConsolePaths;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Hidden;

/** Serves what pages load. */
@Controller(ConsolePaths.ASSETS)
@Hidden
class AssetsController {

  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private final Assets assets;

  AssetsController(Assets assets) {
    this.assets = assets;
  }

  @Get("/{digest}/{name}")
  HttpResponse<byte[]> get(HttpRequest<?> request, String digest, String name) {
    var asset =
        assets
            .find(name)
            .filter(found -> found.digest().equals(digest))
            .orElseThrow(() -> new Refusal(NOT_FOUND, "There is nothing at this address."));
    var answer =
        HttpResponse.ok()
            .contentType(type(name))
            .header(HttpHeaders.CACHE_CONTROL, FOR_EVER)
            .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    return takesZipped(request)
        ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip").body(asset.zipped())
        : answer.body(asset.content());
  }

  private static boolean takesZipped(HttpRequest<?> request) {
    var accepted = request.getHeaders().get(HttpHeaders.ACCEPT_ENCODING);
    return accepted != null && accepted.contains("gzip");
  }

  private static MediaType type(String name) {
    return switch (name.substring(name.lastIndexOf('.'))) {
      case ".css" -> new MediaType("text/css; charset=utf-8");
      case ".js" -> new MediaType("text/javascript; charset=utf-8");
      default -> new MediaType("image/svg+xml");
    };
  }
}
