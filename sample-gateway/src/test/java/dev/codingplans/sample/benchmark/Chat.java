package dev.codingplans.sample.benchmark;

import java.nio.charset.StandardCharsets;

/** The one chat of the benchmark: what is asked, and what the provider answers. */
final class Chat {

  static final String PATH = "/v1/chat/completions";
  static final int REQUEST_BYTES = 2048;
  static final int ANSWER_BYTES = 1024;

  private static final String QUESTION =
      """
      {"model":"minimax/MiniMax-M2","temperature":0.2,"messages":[\
      {"role":"system","content":"You are a helpful assistant."},\
      {"role":"user","content":"%s"}]}""";

  /** Also what proves a key, so that one answer is enough for everything. */
  private static final String ANSWER =
      """
      {"id":"chatcmpl-1","object":"chat.completion","created":1767225600,"model":"MiniMax-M2",\
      "choices":[{"index":0,"message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}],\
      "usage":{"prompt_tokens":480,"completion_tokens":160,"total_tokens":640},\
      "model_remains":[{"model_name":"general"}],"current_subscribe_title":"Token Plan Max",\
      "base_resp":{"status_code":0}}""";

  private Chat() {}

  /** Returns the JSON of the request, {@value #REQUEST_BYTES} bytes. */
  static String question() {
    return filled(QUESTION, REQUEST_BYTES);
  }

  /** Returns the request as it goes over a connection. */
  static byte[] request(String token) {
    return message(
        "POST " + PATH + " HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer " + token,
        question());
  }

  /** Returns the provider's answer as it goes over a connection. */
  static byte[] answer() {
    return message("HTTP/1.1 200 OK", filled(ANSWER, ANSWER_BYTES));
  }

  private static byte[] message(String head, String json) {
    return "%s\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
        .formatted(head, json.length(), json)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String filled(String template, int bytes) {
    var words = "Say how it works, step by step. ".repeat(bytes / 32);
    return template.formatted(words.substring(0, bytes - template.length() + "%s".length()));
  }
}
