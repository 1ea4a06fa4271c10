package dev.codingplans.sample.apikeys;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Asks the database for keys, one question at a time: what is asked for meanwhile goes together
 * into the next one.
 */
@Singleton
final class KeyLookups {

  private static final int MOST_AT_ONCE = 200;
  private static final int MOST_WAITING = 10_000;

  /** Below the five seconds within which a client is to know. */
  private static final int PATIENCE_SECONDS = 4;

  private final KeyOwnerRepository repository;
  private final ExecutorService threads;
  private final Ticker clock;
  private final BlockingQueue<Lookup> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicBoolean working = new AtomicBoolean();

  KeyLookups(
      KeyOwnerRepository repository,
      @Named(TaskExecutors.BLOCKING) ExecutorService threads,
      Ticker clock) {
    this.repository = repository;
    this.threads = threads;
    this.clock = clock;
  }

  /** Returns the database's answer; it fails if there is none in time. */
  CompletableFuture<KeyAnswer> find(String digest) {
    var lookup = new Lookup(digest, new CompletableFuture<>());
    if (waiting.offer(lookup)) {
      work();
    } else {
      lookup.answer().completeExceptionally(new TooManyLookups());
    }
    // On another thread: whoever waits goes on to serve a request there, also after a timeout.
    return lookup
        .answer()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .whenCompleteAsync((answer, failure) -> {}, threads);
  }

  private void work() {
    if (working.compareAndSet(false, true)) {
      threads.execute(this::answerAll);
    }
  }

  private void answerAll() {
    try {
      var batch = new ArrayList<Lookup>();
      while (waiting.drainTo(batch, MOST_AT_ONCE) > 0) {
        answer(batch);
        batch.clear();
      }
    } finally {
      working.set(false);
    }
    if (!waiting.isEmpty()) {
      // It came between the last look and the end.
      work();
    }
  }

  private void answer(List<Lookup> batch) {
    var askedAt = clock.read();
    try {
      var owners =
          repository.find(batch.stream().map(Lookup::digest).toList()).stream()
              .collect(Collectors.toMap(KeyOwner::digest, Function.identity()));
      batch.forEach(lookup -> tell(lookup, owners, askedAt));
    } catch (RuntimeException e) {
      batch.forEach(lookup -> lookup.answer().completeExceptionally(e));
    }
  }

  private static void tell(Lookup lookup, Map<String, KeyOwner> owners, long askedAt) {
    lookup
        .answer()
        .complete(new KeyAnswer(Optional.ofNullable(owners.get(lookup.digest())), askedAt));
  }

  private record Lookup(String digest, CompletableFuture<KeyAnswer> answer) {}
}
