package dev.codingplans.plugin.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.plugin.vault.Keyset.MalformedKeysetException;
import dev.codingplans.plugin.vault.Keyset.RefusedChangeException;
import dev.codingplans.plugin.vault.Vault.UndecipherableException;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KeysetTest {

  private static final Secret SECRET = Secret.of("sk-that-nobody-may-see");
  private static final Place PLACE = new Place("credential", UUID.randomUUID(), "minimax");

  private final Keyset old = Keyset.generate();

  @Test
  @DisplayName("I6 an added key decrypts only; fingerprints stay as they are")
  void addsAKey() throws Exception {
    var added = old.withFreshKey();

    assertThat(added.keyIds()).hasSize(2).startsWith(old.primaryKeyId());
    assertThat(added.primaryKeyId()).isEqualTo(old.primaryKeyId());
    assertThat(new Vault(old).decrypt(new Vault(added).encrypt(SECRET, PLACE), PLACE))
        .isEqualTo(SECRET);
    assertThat(new Vault(added).fingerprint(SECRET))
        .isEqualTo(new Vault(old).fingerprint(SECRET))
        .isEqualTo(new Vault(added.promoted()).fingerprint(SECRET));
  }

  @Test
  @DisplayName("I6 the newest key is promoted, and every keyset that knows it reads what it writes")
  void promotesTheNewest() throws Exception {
    var added = Keyset.parse(old.withFreshKey().toJson());
    var promoted = Keyset.parse(added.promoted().toJson());
    var ciphertext = new Vault(promoted).encrypt(SECRET, PLACE);

    assertThat(promoted.keyIds()).isEqualTo(added.keyIds());
    assertThat(promoted.primaryKeyId()).isEqualTo(added.keyIds().getLast());
    assertThat(KeyId.of(ciphertext)).isEqualTo(promoted.primaryKeyId());
    assertThat(new Vault(added).decrypt(ciphertext, PLACE)).isEqualTo(SECRET);
    assertThatExceptionOfType(UndecipherableException.class)
        .isThrownBy(() -> new Vault(old).decrypt(ciphertext, PLACE));
    assertThat(promoted.promoted(old.primaryKeyId()).primaryKeyId()).isEqualTo(old.primaryKeyId());
  }

  @Test
  @DisplayName("I6 where nothing is to promote, promoting is refused")
  void refusesToPromote() {
    var primary = old.primaryKeyId();

    assertThatExceptionOfType(RefusedChangeException.class)
        .isThrownBy(old::promoted)
        .withMessageContaining(primary.toString());
    assertThatExceptionOfType(RefusedChangeException.class).isThrownBy(() -> old.promoted(primary));
    assertThatExceptionOfType(RefusedChangeException.class)
        .isThrownBy(() -> old.promoted(new KeyId(primary.value() + 1)));
  }

  @Test
  @DisplayName("I6 a retired key is gone; the primary key is never retired")
  void retiresAKey() throws Exception {
    var promoted = old.withFreshKey().promoted();
    var retired = promoted.retired(old.primaryKeyId());

    assertThat(retired.keyIds()).containsExactly(promoted.primaryKeyId());
    assertThat(new Vault(retired).decrypt(new Vault(promoted).encrypt(SECRET, PLACE), PLACE))
        .isEqualTo(SECRET);
    assertThatExceptionOfType(RefusedChangeException.class)
        .isThrownBy(() -> retired.retired(retired.primaryKeyId()))
        .withMessageContaining("primary");
    assertThatExceptionOfType(RefusedChangeException.class)
        .isThrownBy(() -> retired.retired(old.primaryKeyId()))
        .withMessageContaining("no key");
  }

  @Test
  @DisplayName("I6 a key's number is that of the text form")
  void numbers() throws Exception {
    var json = new ObjectMapper().readTree(old.toJson());

    assertThat(json.at("/encryption/primaryKeyId").asLong())
        .isEqualTo(old.primaryKeyId().unsigned());
    assertThat(KeyId.parse(old.primaryKeyId().toString())).isEqualTo(old.primaryKeyId());
    assertThat(KeyId.of(old.primaryKeyId().prefix())).isEqualTo(old.primaryKeyId());
  }

  @Test
  @DisplayName("I6 a keyset with a key that leaves no trace in what it encrypts is no keyset")
  void tracelessKey() {
    assertThatExceptionOfType(MalformedKeysetException.class)
        .isThrownBy(() -> Keyset.parse(old.toJson().replaceFirst("\"TINK\"", "\"RAW\"")));
  }
}
