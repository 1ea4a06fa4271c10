package dev.codingplans.plugin.provider.minimax;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.OptionalInt;

/** What an answer of MiniMax says of the key, by its status and the code in its body (E6). */
enum Standing {
  /** The answer is what was asked for. */
  GOOD,
  /** The key is good, and its plan is used up for now. */
  PLAN_EXHAUSTED,
  /** Too many requests, for a moment. */
  RATE_LIMITED,
  /** The key is worth nothing. */
  KEY_REJECTED,
  /** Something else is wrong, which tells nothing of the key. */
  FAILED;

  private static final int CODE_GOOD = 0;
  private static final int CODE_KEY_REJECTED = 1004;
  private static final int CODE_PLAN_EXHAUSTED = 2056;

  static Standing of(int status, JsonNode json) {
    return of(status, codeIn(json));
  }

  /** Judges by the status and the code, if the body has one. */
  static Standing of(int status, OptionalInt found) {
    // Without a code, an answer is as good as its status.
    var code = found.orElse(CODE_GOOD);
    if (status == 401 || status == 403 || code == CODE_KEY_REJECTED) {
      return KEY_REJECTED;
    }
    if ((status == 200 || status == 429) && code == CODE_PLAN_EXHAUSTED) {
      return PLAN_EXHAUSTED;
    }
    if (status == 429) {
      return RATE_LIMITED;
    }
    return status >= 200 && status < 300 && code == CODE_GOOD ? GOOD : FAILED;
  }

  /** A code that is no number is none. */
  private static OptionalInt codeIn(JsonNode json) {
    var code = json.at("/base_resp/status_code");
    return code.canConvertToInt() ? OptionalInt.of(code.intValue()) : OptionalInt.empty();
  }
}
