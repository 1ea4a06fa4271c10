package dev.codingplans.plugin.event.delivery;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codingplans.plugin.event.Audience;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everybody who is told of events: the host's listeners and the operator's webhooks. */
@Singleton
final class Recipients implements Audience {

  private static final Logger LOG = LoggerFactory.getLogger(Recipients.class);
  private static final Duration MAX_CONNECT = Duration.ofSeconds(5);
  private static final Duration MAX_STOP = Duration.ofSeconds(5);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(MAX_CONNECT)
          .build();
  private final List<Recipient> all;

  Recipients(HostListeners host, EventSettings settings, ObjectMapper json) {
    var body = new WebhookBody(json);
    this.all =
        Stream.concat(
                host.listeners().stream().map(HostRecipient::of),
                settings.webhooks().stream().map(webhook -> new Webhook(webhook, body, http)))
            .toList();
  }

  List<Recipient> all() {
    return all;
  }

  List<String> names() {
    return all.stream().map(Recipient::name).toList();
  }

  @Override
  public List<String> of(String type) {
    return all.stream().filter(each -> each.wants(type)).map(Recipient::name).toList();
  }

  /** Ends the requests that are still open, and the client's threads. */
  @PreDestroy
  void close() throws InterruptedException {
    http.shutdownNow();
    if (!http.awaitTermination(MAX_STOP)) {
      LOG.warn("The requests to webhooks did not end within {}.", MAX_STOP);
    }
  }
}
