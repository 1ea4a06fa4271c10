package dev.codingplans.plugin.idempotency;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A client's key for one request, as it is stored: by its hash, within its scope, with the hash of
 * the request that it stands for (P7).
 */
public final class IdempotencyKey {

  private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7e]{1,200}");

  private final String scope;
  private final byte[] keyHash;
  private final byte[] requestHash;

  private IdempotencyKey(String scope, String key, Request request) {
    if (!VISIBLE_ASCII.matcher(key).matches()) {
      throw Refusal.invalid("Idempotency-Key", "it must be 1 to 200 visible ASCII characters");
    }
    this.scope = scope;
    this.keyHash = sha256(key);
    this.requestHash =
        sha256(request.method() + "\n" + request.path() + "\n" + request.canonicalBody());
  }

  /** A key that the user chose. */
  public static IdempotencyKey ofUser(UserId user, String key, Request request) {
    return new IdempotencyKey(userScope(user), key, request);
  }

  /** A key that an admin, whichever, chose for something done to the user. */
  public static IdempotencyKey ofAdmin(UserId target, String key, Request request) {
    return new IdempotencyKey(adminScope(target), key, request);
  }

  /** Returns the scope of all keys that the user chose. */
  static String userScope(UserId user) {
    return "user:" + user;
  }

  /** Without the user's name, because it is kept for ever, longer than the account. */
  private static String adminScope(UserId target) {
    return "admin:" + HexFormat.of().formatHex(sha256(target.value()));
  }

  /** Returns a text that stands for this key in the user's ledger. */
  public String ledgerKey() {
    return scope.substring(0, scope.indexOf(':')) + ":" + HexFormat.of().formatHex(keyHash);
  }

  String scope() {
    return scope;
  }

  byte[] keyHash() {
    return keyHash.clone();
  }

  byte[] requestHash() {
    return requestHash.clone();
  }

  boolean isOfRequest(byte[] otherRequestHash) {
    return Arrays.equals(requestHash, otherRequestHash);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** What makes two requests the same. The body is JSON with its fields in a fixed order. */
  public record Request(String method, String path, String canonicalBody) {}
}
