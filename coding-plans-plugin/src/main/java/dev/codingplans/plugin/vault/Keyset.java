package dev.codingplans.plugin.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.mac.HmacParameters;
import com.google.crypto.tink.mac.MacConfig;
import java.security.GeneralSecurityException;
import java.util.List;

/**
 * The keys of the vault: a Tink keyset that encrypts and may be rotated, and one key for
 * fingerprints that never is. Its text form is JSON; it prints as {@code ***}.
 */
public final class Keyset {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ENCRYPTION = "encryption";
  private static final String FINGERPRINT = "fingerprint";
  private static final int HMAC_SHA256_BYTES = 32;

  private static final Configuration TINK = registered();

  private final EncryptionKeys encryption;
  private final KeysetHandle fingerprint;

  private Keyset(EncryptionKeys encryption, KeysetHandle fingerprint) {
    this.encryption = encryption;
    this.fingerprint = fingerprint;
  }

  /** Makes a fresh keyset with one key for each purpose. */
  public static Keyset generate() {
    try {
      return new Keyset(
          EncryptionKeys.generate(TINK), KeysetHandle.generateNew(fingerprintParameters(), TINK));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform lacks AES-256-GCM or HMAC-SHA256", e);
    }
  }

  /**
   * Reads the text form.
   *
   * @throws MalformedKeysetException if it is none; the message tells nothing of the text
   */
  public static Keyset parse(String json) throws MalformedKeysetException {
    try {
      var text = JSON.readTree(json);
      var keyset =
          new Keyset(new EncryptionKeys(handle(text, ENCRYPTION), TINK), handle(text, FINGERPRINT));
      keyset.encryption();
      keyset.fingerprint();
      return keyset;
    } catch (JsonProcessingException | GeneralSecurityException | IllegalArgumentException e) {
      throw new MalformedKeysetException();
    }
  }

  /** Returns the text form, which holds the keys in the clear. */
  public String toJson() {
    try {
      var keyset = JSON.createObjectNode();
      keyset.set(ENCRYPTION, node(encryption.handle()));
      keyset.set(FINGERPRINT, node(fingerprint));
      return JSON.writeValueAsString(keyset);
    } catch (JsonProcessingException | GeneralSecurityException e) {
      throw new IllegalStateException("a keyset can always be written", e);
    }
  }

  /** Returns the encryption keys, oldest first. */
  public List<KeyId> keyIds() {
    return encryption.ids();
  }

  /** Returns the key that encrypts; the others only decrypt. */
  public KeyId primaryKeyId() {
    return encryption.primary();
  }

  /**
   * Returns this keyset and a fresh encryption key, which only decrypts until it is promoted: first
   * every node has to know it. Fingerprints stay as they are.
   */
  public Keyset withFreshKey() {
    return new Keyset(encryption.withFreshKey(), fingerprint);
  }

  /**
   * Returns this keyset with its newest key as the one that encrypts.
   *
   * @throws RefusedChangeException if it is that already
   */
  public Keyset promoted() throws RefusedChangeException {
    var newest = keyIds().getLast();
    if (newest.equals(primaryKeyId())) {
      throw new RefusedChangeException(
          "the newest key, " + newest + ", is the primary key already: add one first");
    }
    return promoted(newest);
  }

  /**
   * Returns this keyset with the given key as the one that encrypts.
   *
   * @throws RefusedChangeException if it is that already, or there is no such key
   */
  public Keyset promoted(KeyId key) throws RefusedChangeException {
    return new Keyset(encryption.promoted(key), fingerprint);
  }

  /**
   * Returns this keyset without the given key. Whether anything is still encrypted under it knows
   * only the database.
   *
   * @throws RefusedChangeException if it is the one that encrypts, or there is no such key
   */
  public Keyset retired(KeyId key) throws RefusedChangeException {
    return new Keyset(encryption.retired(key), fingerprint);
  }

  Aead encryption() throws GeneralSecurityException {
    return encryption.primitive();
  }

  Mac fingerprint() throws GeneralSecurityException {
    return fingerprint.getPrimitive(TINK, Mac.class);
  }

  @Override
  public String toString() {
    return "***";
  }

  private static Configuration registered() {
    try {
      AeadConfig.register();
      MacConfig.register();
      return RegistryConfiguration.get();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Tink lacks AES-256-GCM or HMAC-SHA256", e);
    }
  }

  /** Without a key id in front, so that a fingerprint is the plain HMAC. */
  private static Parameters fingerprintParameters() throws GeneralSecurityException {
    return HmacParameters.builder()
        .setKeySizeBytes(HMAC_SHA256_BYTES)
        .setTagSizeBytes(HMAC_SHA256_BYTES)
        .setHashType(HmacParameters.HashType.SHA256)
        .setVariant(HmacParameters.Variant.NO_PREFIX)
        .build();
  }

  private static KeysetHandle handle(JsonNode keyset, String name) throws GeneralSecurityException {
    return TinkJsonProtoKeysetFormat.parseKeyset(
        keyset.path(name).toString(), TINK, InsecureSecretKeyAccess.get());
  }

  private static JsonNode node(KeysetHandle handle)
      throws GeneralSecurityException, JsonProcessingException {
    return JSON.readTree(
        TinkJsonProtoKeysetFormat.serializeKeyset(handle, TINK, InsecureSecretKeyAccess.get()));
  }

  /** Thrown if a text is no keyset. */
  public static final class MalformedKeysetException extends Exception {

    MalformedKeysetException() {
      super("it is no keyset", null, false, false);
    }
  }

  /** Thrown if a keyset cannot be changed as asked; the message says why and holds no key. */
  public static final class RefusedChangeException extends Exception {

    RefusedChangeException(String reason) {
      super(reason, null, false, false);
    }
  }
}
