package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Changes that are made at one gateway, and the time from the return of each call until a request
 * to each of the others is answered by it.
 */
final class Propagation implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(4);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String UNKNOWN_KEY = "401";

  private final Calls here;
  private final List<Calls> others;
  private final Map<String, Queue<Long>> nanos = new ConcurrentSkipListMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Propagation(List<Calls> nodes) {
    this.here = nodes.getFirst();
    this.others = nodes.subList(1, nodes.size());
  }

  /** Makes six changes for each of so many users: every kind that there is. */
  void run(int users) {
    var keys = IntStream.range(0, 2 * users).mapToObj(n -> "stock.key." + n).toList();
    assertThat(here.stock(Calls.PLAN, keys).statusCode()).isEqualTo(202);
    for (int user = 0; user < users; user++) {
      run("user-" + user);
    }
  }

  private void run(String user) {
    var token = here.user(user);
    assertThat(here.fund(user).statusCode()).isEqualTo(201);
    var keys = new KeyCalls(here.client(), token);
    var key = keys.made();
    var secret = key.get("secret").asText();
    others.forEach(node -> assertThat(chat(node, secret)).doesNotStartWith(UNKNOWN_KEY));
    others.forEach(node -> assertThat(chat(node, token)).startsWith("403"));

    change("API key revoked", keys.revoke(key.get("id").asText()), secret, UNKNOWN_KEY::equals);
    var bought = change("plan bought", here.buy(user), token, status -> status.startsWith("200"));
    var id = Calls.json(bought).get("id").asText();
    var first = chat(here, token);
    var subscription = "/admin/api/subscriptions/" + id;
    change(
        "credential swapped",
        here.post(here.admin(), subscription + "/swap-credential", "swap-" + user, ""),
        token,
        answer -> !answer.equals(first));
    change(
        "plan terminated",
        here.post(here.admin(), subscription + "/terminate", "-", ""),
        token,
        status -> status.startsWith("403"));
    change(
        "own key added",
        ownKey(token, "PUT", "{\"apiKey\":\"own.key.7\",\"enabled\":true}"),
        token,
        status -> status.startsWith("200"));
    change(
        "own key switched off",
        ownKey(token, "PATCH", "{\"enabled\":false}"),
        token,
        status -> status.startsWith("403"));
  }

  /** Takes the answer to a change that was just made, and awaits its effect everywhere else. */
  private HttpResponse<String> change(
      String kind, HttpResponse<String> answer, String bearer, Predicate<String> effective) {
    var returnedAt = System.nanoTime();
    assertThat(answer.statusCode()).as(kind + answer.body()).isBetween(200, 204);
    var seen = nanos.computeIfAbsent(kind, absent -> new ConcurrentLinkedQueue<>());
    others.stream()
        .map(
            node ->
                CompletableFuture.runAsync(
                    () -> seen.add(awaitEffect(kind, node, bearer, effective) - returnedAt),
                    threads))
        .toList()
        .forEach(CompletableFuture::join);
    return answer;
  }

  /** Returns when the first request that was answered by it was sent. */
  private static long awaitEffect(
      String kind, Calls node, String bearer, Predicate<String> effective) {
    var sentAt = new long[1];
    await(kind)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .atMost(PATIENCE)
        .until(
            () -> {
              sentAt[0] = System.nanoTime();
              return effective.test(chat(node, bearer));
            });
    return sentAt[0];
  }

  private HttpResponse<String> ownKey(String token, String method, String body) {
    return here.client()
        .send(
            method,
            "/api/byok/minimax",
            body,
            "authorization",
            "Bearer " + token,
            "content-type",
            "application/json");
  }

  /** Returns the status, and after a success which key served. */
  private static String chat(Calls node, String bearer) {
    var answer = Chats.send(node.client(), bearer);
    return answer.statusCode() == 200
        ? "200 " + answer.body().replaceFirst("(?s).*(\"served_by\":\"[^\"]*\").*", "$1")
        : String.valueOf(answer.statusCode());
  }

  /** Returns the slowest of all. */
  Duration slowest() {
    return Duration.ofNanos(
        nanos.values().stream()
            .flatMap(Queue::stream)
            .mapToLong(Long::longValue)
            .max()
            .orElseThrow());
  }

  /** Returns a line for each kind of change, and one for all. */
  String table() {
    var all = nanos.values().stream().flatMap(Queue::stream).toList();
    return nanos.entrySet().stream()
            .map(kind -> kind.getKey() + ": " + Percentiles.of(kind.getValue()))
            .collect(Collectors.joining("\n"))
        + "\nall: "
        + Percentiles.of(all);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
