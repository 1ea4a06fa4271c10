package dev.codingplans.gateway.spi.identity;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Tells who sends a request; a host implements it. A plugin asks for every request to its {@code
 * Console} and answers nobody whom the host does not know. Called from any thread; it does not
 * block.
 *
 * <pre>{@code
 * Authenticator authenticator = head -> completedFuture(head.header("authorization").flatMap(tokens::verify));
 * }</pre>
 */
@FunctionalInterface
public interface Authenticator {

  /**
   * Returns the caller, or empty if the request carries no valid credential.
   *
   * @return completes exceptionally only if the question cannot be answered now; the request is
   *     then answered 503
   */
  CompletionStage<Optional<Caller>> authenticate(RequestHead request);
}
