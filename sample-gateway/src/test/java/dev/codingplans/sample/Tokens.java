package dev.codingplans.sample;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tokens that nobody may get in with. */
final class Tokens {

  private static final String ROOT = "\"sub\":\"root\",\"roles\":[\"ROLE_USER\",\"ROLE_ADMIN\"]";
  private static final String LATER = ",\"exp\":9999999999";
  private static final String FOREIGN_SECRET = "another-secret-of-somebody-else-9f2c7d1e";

  private Tokens() {}

  /** Returns them by what is wrong with them. */
  static Map<String, String> refused() {
    var good = signed(ROOT + LATER);
    var parts = good.split("\\.");
    var tokens = new LinkedHashMap<String, String>();
    tokens.put("empty", "");
    tokens.put("garbage", "a.b.c");
    tokens.put("dots", "..");
    tokens.put("long", "a".repeat(6_000));
    tokens.put("expired", signed(ROOT + ",\"exp\":1"));
    tokens.put("without an end", signed(ROOT));
    tokens.put("an end that is a text", signed(ROOT + ",\"exp\":\"9999999999\""));
    tokens.put("an end that is no number", signed(ROOT + ",\"exp\":1e309"));
    tokens.put("not yet valid", signed(ROOT + LATER + ",\"nbf\":9999999998"));
    tokens.put("unsigned", base64("{\"alg\":\"none\"}") + "." + parts[1] + ".");
    tokens.put("unsigned, in capitals", base64("{\"alg\":\"NONE\"}") + "." + parts[1] + ".");
    tokens.put(
        "unsigned, with a signature",
        base64("{\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2]);
    tokens.put("without its signature", parts[0] + "." + parts[1] + ".");
    tokens.put(
        "of another algorithm", base64("{\"alg\":\"RS256\"}") + "." + parts[1] + "." + parts[2]);
    tokens.put(
        "tampered", parts[0] + "." + base64("{" + ROOT + LATER + ",\"x\":1}") + "." + parts[2]);
    tokens.put("signed with another secret", signed(FOREIGN_SECRET, null, ROOT + LATER));
    tokens.put("encrypted", parts[0] + ".." + parts[1] + "." + parts[2] + ".a");
    tokens.put("nobody's", signed("\"roles\":[\"ROLE_ADMIN\"]" + LATER));
    tokens.put("of a user with a NUL", signed("\"sub\":\"a\\u0000b\"" + LATER));
    tokens.put("of a user with a line end", signed("\"sub\":\"a\\r\\nb\"" + LATER));
    tokens.put("of a user of 129 letters", signed("\"sub\":\"" + "a".repeat(129) + "\"" + LATER));
    tokens.put("no object", signed("\"".repeat(0) + "}["));
    tokens.put("of another type", signed(Given.JWT_SECRET, "logout+jwt", ROOT + LATER));
    return tokens;
  }

  private static String signed(String claims) {
    return signed(Given.JWT_SECRET, null, claims);
  }

  private static String signed(String secret, @Nullable String type, String claims) {
    var header = new JWSHeader.Builder(JWSAlgorithm.HS256);
    if (type != null) {
      header.type(new JOSEObjectType(type));
    }
    var token = new JWSObject(header.build(), new Payload("{" + claims + "}"));
    try {
      token.sign(new MACSigner(secret));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
