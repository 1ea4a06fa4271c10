package dev.codingplans.plugin.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.codingplans.plugin.vault.Keyset.RefusedChangeException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The keys that decrypt, oldest first; one of them, the primary, encrypts. Tink keeps their order.
 */
record EncryptionKeys(KeysetHandle handle, Configuration tink) {

  /** Accepts only keys that ciphertexts name, so that the use of each can be seen. */
  EncryptionKeys {
    if (entries(handle).anyMatch(entry -> entry.getKey().getIdRequirementOrNull() == null)) {
      throw new IllegalArgumentException("a key leaves no trace in what it encrypts");
    }
  }

  static EncryptionKeys generate(Configuration tink) throws GeneralSecurityException {
    return new EncryptionKeys(
        KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, tink), tink);
  }

  Aead primitive() throws GeneralSecurityException {
    return handle.getPrimitive(tink, Aead.class);
  }

  KeyId primary() {
    return new KeyId(handle.getPrimary().getId());
  }

  /** Returns the keys that decrypt. */
  List<KeyId> ids() {
    return entries(handle)
        .filter(entry -> entry.getStatus() == KeyStatus.ENABLED)
        .map(entry -> new KeyId(entry.getId()))
        .toList();
  }

  EncryptionKeys withFreshKey() {
    return changed(
        KeysetHandle.newBuilder(handle)
            .addEntry(
                KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                    .withRandomId()));
  }

  EncryptionKeys promoted(KeyId key) throws RefusedChangeException {
    var position = position(key);
    if (key.equals(primary())) {
      throw new RefusedChangeException("key " + key + " is the primary key already");
    }
    var builder = KeysetHandle.newBuilder(handle);
    builder.getAt(position).makePrimary();
    return changed(builder);
  }

  EncryptionKeys retired(KeyId key) throws RefusedChangeException {
    var position = position(key);
    if (key.equals(primary())) {
      throw new RefusedChangeException("key " + key + " is the primary key: promote another first");
    }
    return changed(KeysetHandle.newBuilder(handle).deleteAt(position));
  }

  private int position(KeyId key) throws RefusedChangeException {
    return IntStream.range(0, handle.size())
        .filter(i -> handle.getAt(i).getId() == key.value())
        .filter(i -> handle.getAt(i).getStatus() == KeyStatus.ENABLED)
        .boxed()
        .findFirst()
        .orElseThrow(() -> new RefusedChangeException("there is no key " + key));
  }

  private EncryptionKeys changed(KeysetHandle.Builder builder) {
    try {
      return new EncryptionKeys(builder.setConfiguration(tink).build(), tink);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the keyset cannot be changed", e);
    }
  }

  private static Stream<KeysetHandle.Entry> entries(KeysetHandle handle) {
    return IntStream.range(0, handle.size()).mapToObj(handle::getAt);
  }
}
