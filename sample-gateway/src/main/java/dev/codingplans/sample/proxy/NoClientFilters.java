package dev.codingplans.sample.proxy;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.client.filter.ClientFilterResolutionContext;
import io.micronaut.http.client.filter.DefaultHttpClientFilterResolver;
import io.micronaut.http.filter.GenericHttpFilter;
import io.micronaut.http.filter.HttpClientFilterResolver;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Keeps filters out of the HTTP clients: what others get to see of a request is put together in one
 * place. The framework's own filter measures clients, in a metric whose labels differ between them.
 */
@Singleton
@Replaces(DefaultHttpClientFilterResolver.class)
final class NoClientFilters implements HttpClientFilterResolver<ClientFilterResolutionContext> {

  @Override
  public List<FilterEntry> resolveFilterEntries(ClientFilterResolutionContext context) {
    return List.of();
  }

  @Override
  public List<GenericHttpFilter> resolveFilters(HttpRequest<?> request, List<FilterEntry> entries) {
    return List.of();
  }
}
