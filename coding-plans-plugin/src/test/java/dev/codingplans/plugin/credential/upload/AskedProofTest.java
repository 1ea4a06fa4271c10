package dev.codingplans.plugin.credential.upload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.plugin.provider.Verification;
import dev.codingplans.plugin.provider.Verification.Unreachable;
import dev.codingplans.plugin.provider.Verification.Verified;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AskedProofTest {

  private static final Verification NO_ANSWER = new Unreachable();
  private static final Verification NOT_ASKED = new Unreachable(false);
  private static final Secret KEY = Secret.of("sk-any");

  private final Queue<Verification> answers = new ArrayDeque<>();
  private int asked;

  @Test
  @DisplayName("I2 while its provider is given a pause a key waits, and that is no attempt")
  void waitsForPauses() throws InterruptedException {
    for (int i = 0; i < 4; i++) {
      add(10, NOT_ASKED);
      add(1, NO_ANSWER);
    }
    add(10, NOT_ASKED);
    add(1, new Verified());

    assertThat(proof(Duration.ofDays(1)).of(KEY)).isEqualTo(Outcome.VERIFIED);
  }

  @Test
  @DisplayName(
      "I2 after many without an answer, the provider is still asked about each of the rest")
  void asksOnceAboutTheRest() throws InterruptedException {
    var proof = proof(Duration.ofDays(1));
    add(100, NO_ANSWER);
    for (int i = 0; i < 20; i++) {
      assertThat(proof.of(KEY)).isEqualTo(Outcome.UNREACHABLE);
    }
    assertThat(asked).isEqualTo(100);

    add(10, NOT_ASKED);
    add(1, NO_ANSWER);
    assertThat(proof.of(KEY)).isEqualTo(Outcome.UNREACHABLE);
    assertThat(asked).isEqualTo(101);
    add(10, NOT_ASKED);
    add(1, new Verified());
    assertThat(proof.of(KEY)).isEqualTo(Outcome.VERIFIED);
  }

  @Test
  @DisplayName("I2 a pause without end is not waited for without end")
  void losesPatience() throws InterruptedException {
    add(10_000, NOT_ASKED);

    assertThat(proof(Duration.ofMillis(5)).of(KEY)).isEqualTo(Outcome.UNREACHABLE);
  }

  private AskedProof proof(Duration patience) {
    return new AskedProof(
        key -> next(), new Semaphore(1), Duration.ofMillis(1), patience, new StopSignal());
  }

  private void add(int count, Verification answer) {
    answers.addAll(Collections.nCopies(count, answer));
  }

  private Verification next() {
    var answer = answers.remove();
    if (!answer.equals(NOT_ASKED)) {
      asked++;
    }
    return answer;
  }
}
