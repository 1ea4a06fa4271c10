package dev.codingplans.sample.benchmark;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.client.ProxyHttpClient;
import io.micronaut.http.filter.HttpServerFilter;
import io.micronaut.http.filter.ServerFilterChain;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.util.Map;
import org.reactivestreams.Publisher;

/** What the gateway is compared with: the least that forwards a request with the framework. */
@Filter(Filter.MATCH_ALL_PATTERN)
@Requires(property = BareProxy.UPSTREAM_PORT)
final class BareProxy implements HttpServerFilter {

  static final String UPSTREAM_PORT = "bare-proxy.upstream-port";

  private final ProxyHttpClient client;
  private final int upstreamPort;

  BareProxy(ProxyHttpClient client, @Value("${" + UPSTREAM_PORT + "}") int upstreamPort) {
    this.client = client;
    this.upstreamPort = upstreamPort;
  }

  public static void main(String[] arguments) throws IOException {
    var properties =
        Map.<String, Object>of(
            "micronaut.server.port",
            -1,
            "micronaut.server.host",
            "127.0.0.1",
            UPSTREAM_PORT,
            arguments[0]);
    try (var context = ApplicationContext.run(properties)) {
      var server = context.getBean(EmbeddedServer.class).start();
      JavaProcess.answer(Integer.toString(server.getPort()));
      JavaProcess.awaitEndOfInput();
    }
  }

  @Override
  public Publisher<MutableHttpResponse<?>> doFilter(
      HttpRequest<?> request, ServerFilterChain chain) {
    return client.proxy(
        request.mutate().uri(uri -> uri.scheme("http").host("127.0.0.1").port(upstreamPort)));
  }
}
