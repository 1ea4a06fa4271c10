package dev.codingplans.plugin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.codingplans.plugin.cli.Failure.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What a gateway works on by itself, followed to its end. */
final class Job {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /** A gateway that is restarted meanwhile goes on with it. */
  private static final int MAX_FAILURES_IN_A_ROW = 60;

  private final Gateway gateway;
  private final String path;
  private int failuresInARow;

  /**
   * Nothing is asked yet.
   *
   * @param path where it tells how far it is
   */
  Job(Gateway gateway, String path) {
    this.gateway = gateway;
    this.path = path;
  }

  /** Returns what there is at the end. */
  JsonNode follow(
      Duration patience, Predicate<JsonNode> isDone, Consumer<JsonNode> watcher, Runnable onEnd) {
    var start = System.nanoTime();
    var pause = FIRST_PAUSE;
    try {
      while (System.nanoTime() - start < patience.toNanos()) {
        var state = look();
        state.ifPresent(watcher);
        if (state.filter(isDone).isPresent()) {
          return state.get();
        }
        // Between two looks at what is done elsewhere; nothing here waits for anything else.
        Thread.sleep(pause);
        pause = Duration.ofMillis(Math.min(2 * pause.toMillis(), LONGEST_PAUSE.toMillis()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      onEnd.run();
    }
    throw new Failure(
        Kind.UNAVAILABLE, "It still runs and goes on by itself: GET " + path + " tells.");
  }

  private Optional<JsonNode> look() {
    try {
      var state = gateway.get(path);
      failuresInARow = 0;
      return Optional.of(state);
    } catch (Failure e) {
      failuresInARow++;
      if (e.kind() != Kind.UNAVAILABLE || failuresInARow > MAX_FAILURES_IN_A_ROW) {
        throw e.with("It may go on by itself: GET " + path + " tells.");
      }
      return Optional.empty();
    }
  }
}
