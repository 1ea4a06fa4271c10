package dev.codingplans.sample.proxy;

import static dev.codingplans.sample.proxy.Refusal.Code.INVALID_REQUEST;
import static dev.codingplans.sample.proxy.Refusal.Code.UPSTREAM_TIMEOUT;
import static dev.codingplans.sample.proxy.Refusal.Code.UPSTREAM_UNAVAILABLE;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Secret;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.client.RawHttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.http.client.exceptions.ReadTimeoutException;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Calls providers. */
@Singleton
final class Upstream {

  private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);

  private final RawHttpClient client;
  private final UpstreamAddresses addresses;

  Upstream(
      @Client(configuration = UpstreamClientConfiguration.class) RawHttpClient client,
      UpstreamAddresses addresses) {
    this.client = client;
    this.addresses = addresses;
  }

  /**
   * Sends a body to the provider; the answer's head is there when the result is.
   *
   * @param endsWithClient whether the call is taken back if the client leaves
   */
  CompletableFuture<UpstreamAnswer> send(
      Call call, ProviderId provider, Secret credential, byte[] body, boolean endsWithClient) {
    if (!call.client().isActive()) {
      // Nobody waits any more; what is not sent costs nobody anything.
      throw Refusal.of(INVALID_REQUEST, "The client has left.").asException();
    }
    var request = HttpRequest.POST(addresses.of(provider, call.format()), "");
    ForwardedHeaders.copyRequest(call.request().getHeaders(), request.getHeaders());
    call.format().authorize(request.getHeaders(), credential);

    var sent = call.request().byteBodyFactory().adapt(body);
    var awaited =
        AwaitedAnswer.to(client.exchange(request, sent, null), new UpstreamConnection(request));
    var departure =
        ClientDeparture.of(call.client(), endsWithClient ? awaited::takeBack : () -> {});
    var answer = awaited.whenThere().whenComplete((answered, failure) -> departure.ignore());
    return Steps.orElse(answer, failure -> refusal(call, provider, credential, failure));
  }

  /** Returns what a caller is told if the provider cannot be reached, or breaks off. */
  static RefusalException refusal(
      Call call, ProviderId provider, Secret credential, Throwable failure) {
    // Once the client has left, it is the gateway that ended the call.
    LOG.atLevel(call.client().isActive() ? Level.WARN : Level.DEBUG)
        .log(
            "Provider {} gave no answer to request {}: {}",
            provider,
            call.correlationId(),
            LogText.of(failure, credential));
    return (isTimeout(failure)
            ? Refusal.of(UPSTREAM_TIMEOUT, "The provider did not answer in time.")
            : Refusal.of(UPSTREAM_UNAVAILABLE, "The provider cannot be reached."))
        .asException();
  }

  /** The client names a timeout in two ways: before an answer's head, and within its body. */
  private static boolean isTimeout(Throwable failure) {
    return failure instanceof ReadTimeoutException
        || failure instanceof io.netty.handler.timeout.ReadTimeoutException;
  }
}
