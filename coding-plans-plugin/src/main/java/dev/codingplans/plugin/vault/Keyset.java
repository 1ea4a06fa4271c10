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
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.mac.HmacParameters;
import com.google.crypto.tink.mac.MacConfig;
import java.security.GeneralSecurityException;

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

  private final KeysetHandle encryption;
  private final KeysetHandle fingerprint;

  private Keyset(KeysetHandle encryption, KeysetHandle fingerprint) {
    this.encryption = encryption;
    this.fingerprint = fingerprint;
  }

  /** Makes a fresh keyset with one key for each purpose. */
  public static Keyset generate() {
    try {
      return new Keyset(
          KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, TINK),
          KeysetHandle.generateNew(fingerprintParameters(), TINK));
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
      var keyset = new Keyset(handle(text, ENCRYPTION), handle(text, FINGERPRINT));
      keyset.encryption();
      keyset.fingerprint();
      return keyset;
    } catch (JsonProcessingException | GeneralSecurityException e) {
      throw new MalformedKeysetException();
    }
  }

  /** Returns the text form, which holds the keys in the clear. */
  public String toJson() {
    try {
      var keyset = JSON.createObjectNode();
      keyset.set(ENCRYPTION, node(encryption));
      keyset.set(FINGERPRINT, node(fingerprint));
      return JSON.writeValueAsString(keyset);
    } catch (JsonProcessingException | GeneralSecurityException e) {
      throw new IllegalStateException("a keyset can always be written", e);
    }
  }

  Aead encryption() throws GeneralSecurityException {
    return encryption.getPrimitive(TINK, Aead.class);
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
}
