package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A deleted account, on two gateways with the drop-in jar,")
class DeletedAccountIT {

  /** What it takes is less than a second, on a machine that does nothing else. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir private Path folder;

  @Test
  @DisplayName("X6 loses its API keys everywhere, bought anything or not, and nobody else does")
  void losesItsKeys() {
    try (var installation = new Installation(folder);
        var first = installation.run()) {
      // The first one makes the keyset.
      var here = new Calls(first.awaitServing());
      try (var second = installation.run()) {
        losesItsKeys(installation, here, new Calls(second.awaitServing()));
      }
    }
  }

  private static void losesItsKeys(Installation installation, Calls here, Calls there) {
    assertThat(here.stock(Calls.PLAN, List.of("sk-deleted")).statusCode()).isEqualTo(202);
    assertThat(here.fund("buyer").statusCode()).isEqualTo(201);
    assertThat(here.buy("buyer").statusCode()).isEqualTo(201);
    var kept = key(here, "neighbour");
    var keys = Stream.of("buyer", "visitor").map(user -> key(here, user)).toList();
    keys.forEach(key -> assertThat(isKnown(here, key) && isKnown(there, key)).isTrue());

    for (var user : List.of("buyer", "visitor")) {
      var deleted =
          here.client()
              .send("DELETE", "/api/account", "", "authorization", "Bearer " + here.user(user));
      assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(204);
    }

    await()
        .atMost(PATIENCE)
        .until(() -> keys.stream().noneMatch(key -> isKnown(here, key) || isKnown(there, key)));
    assertThat(isKnown(here, kept) && isKnown(there, kept)).isTrue();
    assertThat(installation.rows("select user_id from gateway.api_key_owner"))
        .containsExactly("neighbour");
    assertThat(
            installation.rows(
                """
                  select distinct event.type
                    from coding_plans.event_delivery delivery
                    join coding_plans.event on event.id = delivery.event_id"""))
        .as("what the host is told")
        .containsExactly("account.deleted");
  }

  private static String key(Calls calls, String user) {
    return new KeyCalls(calls.client(), calls.user(user)).made().get("secret").asText();
  }

  /** Nobody has a plan here any more; who is known is told so. */
  private static boolean isKnown(Calls calls, String key) {
    return new KeyCalls(calls.client(), "").chat(key).statusCode() != 401;
  }
}
