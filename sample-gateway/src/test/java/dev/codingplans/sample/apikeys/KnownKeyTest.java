package dev.codingplans.sample.apikeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a node knows of a key")
class KnownKeyTest {

  private static final KeyOwner ANN = new KeyOwner(UUID.randomUUID(), "digest", "ann", false);

  private final List<CompletableFuture<KeyAnswer>> questions = new ArrayList<>();
  private long now = -1_000_000;
  private final KnownKey key = new KnownKey(Duration.ofMinutes(10), () -> now, this::put);

  @Test
  @DisplayName("is asked once for all who wait, and serves for a while")
  void isAskedOnce() {
    var first = key.owner().toCompletableFuture();
    var second = key.owner().toCompletableFuture();
    assertThat(questions).hasSize(1);
    assertThat(first).isNotDone();

    answer(ANN);

    assertThat(first).isCompletedWithValue(Optional.of(ANN));
    assertThat(second).isCompletedWithValue(Optional.of(ANN));
    pass(249);
    assertThat(key.owner().toCompletableFuture()).isCompletedWithValue(Optional.of(ANN));
    assertThat(questions).hasSize(1);
  }

  @Test
  @DisplayName("is asked again beside the request, and never used for longer than half a second")
  void isAskedAgain() {
    key.owner();
    answer(ANN);
    pass(250);
    assertThat(key.owner().toCompletableFuture()).isCompletedWithValue(Optional.of(ANN));
    assertThat(questions).hasSize(2);

    pass(250);
    var late = key.owner().toCompletableFuture();
    assertThat(late).isNotDone();

    answer(null);

    assertThat(late).isCompletedWithValue(Optional.empty());
    assertThat(questions).hasSize(2);
  }

  @Test
  @DisplayName("counts an answer's age from the question, which is what it is true for")
  void countsFromTheQuestion() {
    key.owner();
    var askedAt = now;
    pass(400);
    questions.getLast().complete(new KeyAnswer(Optional.of(ANN), askedAt));
    pass(100);

    assertThat(key.owner().toCompletableFuture()).isNotDone();
  }

  @Test
  @DisplayName("ends with a revocation, also where an older answer comes after it")
  void isRevoked() {
    key.owner();
    answer(ANN);
    pass(300);
    key.owner();

    key.revoke();
    answer(ANN);

    assertThat(key.owner().toCompletableFuture()).isCompletedWithValue(Optional.empty());
    pass(1_000);
    assertThat(key.owner().toCompletableFuture()).isCompletedWithValue(Optional.empty());
    assertThat(questions).hasSize(2);
  }

  @Test
  @DisplayName("serves for ten minutes while the database does not, and recovers with it")
  void outlivesAnOutage() {
    key.owner();
    answer(ANN);
    pass(600);
    var waiting = key.owner().toCompletableFuture();
    fail();
    assertThat(waiting).isCompletedWithValue(Optional.of(ANN));

    for (int second = 4; second <= 9 * 60; second += 4) {
      pass(4_000);
      assertThat(key.owner().toCompletableFuture()).isCompletedWithValue(Optional.of(ANN));
      fail();
    }
    pass(Duration.ofMinutes(1).toMillis());
    var late = key.owner().toCompletableFuture();
    fail();
    assertThat(late).isCompletedExceptionally();

    pass(300);
    var back = key.owner().toCompletableFuture();
    answer(null);
    assertThat(back).isCompletedWithValue(Optional.empty());
  }

  @Test
  @DisplayName("E4 a failure that is long past makes no old answer serve: a revocation is seen")
  void forgetsAnOutage() {
    key.owner();
    answer(ANN);
    pass(600);
    key.owner();
    fail();
    pass(Duration.ofMinutes(5).toMillis());

    var later = key.owner().toCompletableFuture();

    assertThat(later).isNotDone();
    answer(null);
    assertThat(later).isCompletedWithValue(Optional.empty());
  }

  @Test
  @DisplayName("E4 is asked again if its answer is from before the node was frozen")
  void asksAgainAfterAFreeze() {
    key.owner();
    var askedAt = now;
    pass(60_000);

    var later = key.owner().toCompletableFuture();
    questions.getLast().complete(new KeyAnswer(Optional.of(ANN), askedAt));

    assertThat(later).isNotDone();
    answer(null);
    assertThat(later).isCompletedWithValue(Optional.empty());
  }

  @Test
  @DisplayName("a queue of this node that is full is no outage")
  void fullQueueIsNoOutage() {
    key.owner();
    answer(ANN);
    pass(600);
    var waiting = key.owner().toCompletableFuture();

    questions.getLast().completeExceptionally(new TooManyLookups());

    assertThat(waiting).isCompletedExceptionally();
  }

  @Test
  @DisplayName("fails where nothing is known, and is not asked again at once")
  void failsWhereNothingIsKnown() {
    var first = key.owner().toCompletableFuture();
    fail();
    assertThat(first).isCompletedExceptionally();

    assertThat(key.owner().toCompletableFuture()).isCompletedExceptionally();
    assertThat(questions).hasSize(1);

    pass(250);
    var again = key.owner().toCompletableFuture();
    answer(ANN);
    assertThat(again).isCompletedWithValue(Optional.of(ANN));
  }

  private CompletableFuture<KeyAnswer> put() {
    var question = new CompletableFuture<KeyAnswer>();
    questions.add(question);
    return question;
  }

  private void answer(KeyOwner owner) {
    questions.getLast().complete(new KeyAnswer(Optional.ofNullable(owner), now));
  }

  private void fail() {
    questions.getLast().completeExceptionally(new IllegalStateException("no database"));
  }

  private void pass(long millis) {
    now += Duration.ofMillis(millis).toNanos();
  }
}
