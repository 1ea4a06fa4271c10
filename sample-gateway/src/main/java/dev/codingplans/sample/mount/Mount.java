package dev.codingplans.sample.mount;

import dev.codingplans.gateway.spi.console.Console;
import dev.codingplans.sample.plugins.Plugins;
import dev.codingplans.sample.problem.CorrelationId;
import dev.codingplans.sample.problem.Problem;
import dev.codingplans.sample.problem.ProblemCode;
import dev.codingplans.sample.security.ClientScheme;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Filter;
import io.micronaut.http.client.ProxyHttpClient;
import io.micronaut.http.client.ProxyRequestOptions;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.filter.HttpServerFilter;
import io.micronaut.http.filter.ServerFilterChain;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.Router;
import io.netty.handler.codec.DecoderException;
import java.io.EOFException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.publisher.Mono;

/**
 * Passes a request on to the console that serves its path, unless the host has a route of its own
 * for it, and the answer back. It does not look who sends it: the plugin asks the host for that.
 */
@Filter(Filter.MATCH_ALL_PATTERN)
final class Mount implements HttpServerFilter {

  private static final int BEFORE_SECURITY = ServerFilterPhase.SECURITY.before() - 1;

  private static final Logger LOG = LoggerFactory.getLogger(Mount.class);
  private static final ProxyRequestOptions KEEP_HOST =
      ProxyRequestOptions.builder().retainHostHeader().build();

  private final Plugins plugins;
  private final Router router;
  private final ProxyHttpClient client;

  Mount(Plugins plugins, Router router, @Client(id = "console") ProxyHttpClient client) {
    this.plugins = plugins;
    this.router = router;
    this.client = client;
  }

  @Override
  public Publisher<MutableHttpResponse<?>> doFilter(
      HttpRequest<?> request, ServerFilterChain chain) {
    var console = isOwn(request) ? Optional.<Console>empty() : console(request);
    return console.map(serving -> passOn(request, serving)).orElseGet(() -> chain.proceed(request));
  }

  @Override
  public int getOrder() {
    return BEFORE_SECURITY;
  }

  /** A path is the host's with every method, also with one that it does not have there. */
  private boolean isOwn(HttpRequest<?> request) {
    return RouteAttributes.getRouteMatch(request).isPresent() || !router.findAny(request).isEmpty();
  }

  private Optional<Console> console(HttpRequest<?> request) {
    if (isUnreadable(request)) {
      return Optional.empty();
    }
    var path = request.getUri().getRawPath();
    return plugins.consoles().stream().filter(console -> console.serves(path)).findFirst();
  }

  /** In the place of an address that is none the framework puts the root, without any header. */
  private static boolean isUnreadable(HttpRequest<?> request) {
    return request.getHeaders().names().isEmpty();
  }

  private Publisher<MutableHttpResponse<?>> passOn(HttpRequest<?> request, Console console) {
    // The answer has to say it, because the two requests have their headers in common.
    var last = "close".equalsIgnoreCase(request.getHeaders().get(HttpHeaders.CONNECTION));
    var passedOn = request.mutate().uri(target(request.getUri(), console.address()));
    HopByHopHeaders.remove(passedOn.getHeaders());
    passedOn.getHeaders().set(CorrelationId.HEADER, CorrelationId.of(request));
    passedOn.getHeaders().set(ClientScheme.HEADER, ClientScheme.of(request));
    return Mono.from(client.proxy(passedOn, KEEP_HOST))
        .<MutableHttpResponse<?>>map(
            answer -> {
              HopByHopHeaders.remove(answer.getHeaders());
              return answer;
            })
        .onErrorResume(
            failure -> {
              ConsoleConnection.of(passedOn).close();
              return Mono.just(failed(request, console, failure));
            })
        .map(answer -> last ? answer.headers(Mount::close) : answer);
  }

  private static void close(MutableHttpHeaders headers) {
    headers.set(HttpHeaders.CONNECTION, "close");
  }

  private static MutableHttpResponse<?> failed(
      HttpRequest<?> request, Console console, Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ContentLengthExceededException) {
        // Closed, because the rest of the body is not read.
        return Problem.answer(request, ProblemCode.PAYLOAD_TOO_LARGE).headers(Mount::close);
      }
      if (cause instanceof DecoderException) {
        return Problem.answer(request, ProblemCode.INVALID_REQUEST).headers(Mount::close);
      }
    }
    // A client that leaves within its body is no fault of the console's, and can be anybody.
    LOG.atLevel(failure instanceof EOFException ? Level.DEBUG : Level.WARN)
        .log("The console at {} does not answer: {}", console.address(), failure.toString());
    return Problem.answer(request, ProblemCode.UNAVAILABLE);
  }

  /** The console's host and port with the request's own path and query, not decoded in between. */
  private static URI target(URI request, URI console) {
    var query = request.getRawQuery();
    return URI.create(
        console.getScheme()
            + "://"
            + console.getRawAuthority()
            + request.getRawPath()
            + (query == null ? "" : "?" + query));
  }
}
