package dev.codingplans.plugin.http;

import static dev.codingplans.plugin.refusal.Refusal.Code.FORBIDDEN;
import static dev.codingplans.plugin.refusal.Refusal.Code.UNAUTHENTICATED;
import static dev.codingplans.plugin.refusal.Refusal.Code.UNAVAILABLE;

import dev.codingplans.gateway.spi.identity.Authenticator;
import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.gateway.spi.identity.Caller.Role;
import dev.codingplans.gateway.spi.identity.RequestHead;
import dev.codingplans.plugin.account.RequestCaller;
import dev.codingplans.plugin.account.Tombstones;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets nobody in whom the host does not know, and only admins to what is theirs. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
class AuthenticationFilter implements Ordered {

  private static final Logger LOG = LoggerFactory.getLogger(AuthenticationFilter.class);
  private static final String ADMIN_PATHS = "/admin/";

  /** What comes to the first proves itself with a signature; the second are the same for all. */
  private static final List<String> OPEN_PATHS = List.of("/webhooks/", ConsolePaths.ASSETS);

  /** Leads everybody to a page that is theirs. */
  private static final String ROOT = "/";

  private static final long MAX_SECONDS = 4;

  private final Authenticator authenticator;
  private final Tombstones tombstones;

  AuthenticationFilter(Authenticator authenticator, Tombstones tombstones) {
    this.authenticator = authenticator;
    this.tombstones = tombstones;
  }

  @Override
  public int getOrder() {
    return ServerFilterPhase.SECURITY.order();
  }

  @RequestFilter
  @ExecuteOn(TaskExecutors.BLOCKING)
  void authenticate(HttpRequest<?> request, MutablePropagatedContext context) {
    if (OPEN_PATHS.stream().anyMatch(request.getPath()::startsWith)) {
      return;
    }
    var caller =
        ask(head(request))
            .orElseThrow(
                () ->
                    new Refusal(
                        UNAUTHENTICATED, "Sign in, or send a valid token with the request."));
    if (tombstones.forbid(caller)) {
      throw new Refusal(
          UNAUTHENTICATED, "This account was deleted. Sign in again to open a new one.");
    }
    if (!mayOpen(caller, request.getPath())) {
      throw new Refusal(FORBIDDEN, "Your account may not do this.");
    }
    request.setAttribute(Callers.ATTRIBUTE, caller);
    context.add(new RequestCaller(caller));
  }

  private static boolean mayOpen(Caller caller, String path) {
    return path.equals(ROOT) || caller.has(path.startsWith(ADMIN_PATHS) ? Role.ADMIN : Role.USER);
  }

  private Optional<Caller> ask(RequestHead head) {
    try {
      return authenticator
          .authenticate(head)
          .toCompletableFuture()
          .get(MAX_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      LOG.error("The host could not tell who sends a request.", e);
      throw unavailable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable();
    }
  }

  private static Refusal unavailable() {
    return new Refusal(
        UNAVAILABLE, "Your sign-in cannot be checked right now. Try again in a moment.");
  }

  private static RequestHead head(HttpRequest<?> request) {
    var headers = new HashMap<String, List<String>>();
    request
        .getHeaders()
        .names()
        .forEach(name -> headers.put(name, request.getHeaders().getAll(name)));
    return new RequestHead(request.getMethodName(), request.getUri().getRawPath(), headers);
  }
}
