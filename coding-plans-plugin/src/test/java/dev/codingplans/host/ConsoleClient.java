package dev.codingplans.host;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Passes requests on to the console of a plugin. */
final class ConsoleClient implements AutoCloseable {

  /** What belongs to one connection, not to the request; the JDK's client writes its own. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

  private final HttpClient http = HttpClient.newBuilder().version(Version.HTTP_1_1).build();

  CompletionStage<Answer> passOn(Request request, URI console) {
    var passedOn =
        HttpRequest.newBuilder(console.resolve(pathAndQuery(request.uri())))
            .method(request.head().method(), BodyPublishers.ofByteArray(request.body()));
    passable(request.head().headers())
        .forEach((name, values) -> values.forEach(value -> passedOn.header(name, value)));
    return http.sendAsync(passedOn.build(), BodyHandlers.ofByteArray())
        .thenApply(ConsoleClient::answer)
        .exceptionally(noAnswer -> Answer.of(503, "detail", "The console does not answer."));
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    return new Answer(response.statusCode(), passable(response.headers().map()), response.body());
  }

  private static Map<String, List<String>> passable(Map<String, List<String>> headers) {
    var passable = new HashMap<>(headers);
    passable.keySet().removeIf(name -> OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT)));
    return passable;
  }

  /** As it came, not decoded in between. */
  private static String pathAndQuery(URI uri) {
    return uri.getRawQuery() == null
        ? uri.getRawPath()
        : uri.getRawPath() + "?" + uri.getRawQuery();
  }

  @Override
  public void close() {
    http.close();
  }
}
