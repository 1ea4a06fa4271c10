package dev.codingplans.sample.apidocs;

import dev.codingplans.sample.plugins.Plugins;
import io.micronaut.core.io.ResourceLoader;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeIn;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Serves the description of the API. */
@OpenAPIDefinition(
    info =
        @Info(
            title = "Sample gateway",
            version = "1",
            description = "Its own API and its plugins'"),
    security = @SecurityRequirement(name = "token"))
@SecurityScheme(
    name = "token",
    type = SecuritySchemeType.HTTP,
    scheme = "bearer",
    bearerFormat = "JWT")
@SecurityScheme(
    name = "apiKey",
    type = SecuritySchemeType.APIKEY,
    in = SecuritySchemeIn.HEADER,
    paramName = "x-api-key")
@Hidden
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
final class OpenApiController {

  private static final String OWN = "META-INF/swagger/sample-gateway.yml";

  private final String document;

  OpenApiController(ResourceLoader resources, Plugins plugins) {
    var document = own(resources);
    for (var console : plugins.consoles()) {
      document = document.with(OpenApiDocument.parse(console.openApi()));
    }
    this.document = document.toYaml();
  }

  @Get("/openapi.yml")
  @Produces("application/yaml")
  String document() {
    return document;
  }

  private static OpenApiDocument own(ResourceLoader resources) {
    var resource =
        resources
            .getResourceAsStream("classpath:" + OWN)
            .orElseThrow(() -> new IllegalStateException("The build made no " + OWN + "."));
    try (resource) {
      return OpenApiDocument.parse(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
