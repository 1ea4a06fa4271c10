package dev.codingplans.sample.demo;

import java.net.URI;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What the demo tells whoever started it. */
final class Greeting {

  private Greeting() {}

  static String text(URI gateway) {
    var logIns =
        Arrays.stream(DemoUser.values())
            .map(user -> "  %-8s %s".formatted(user.id(), user.description()))
            .collect(Collectors.joining("\n"));
    return """

      The demo runs at %1$s (API browser: %1$s/swagger-ui). Ctrl-C stops it; its data stays.

      Open %1$s in a browser. Its users, each with the name as the password:
      %2$s

      Or, without a browser, buy a plan, chat through it, and make an API key for other programs:

      TOKEN=$(curl -s %1$s/login -H 'content-type: application/json' \\
        -d '{"username":"funded","password":"funded"}' | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
      curl -s %1$s/api/subscriptions -H "authorization: Bearer $TOKEN" \\
        -H 'content-type: application/json' -H 'idempotency-key: my-first-plan' \\
        -d '{"planId":"minimax-token-plan-plus"}'; echo
      curl -s %1$s/v1/chat/completions -H "authorization: Bearer $TOKEN" \\
        -H 'content-type: application/json' \\
        -d '{"model":"minimax/MiniMax-M2","messages":[{"role":"user","content":"Hello!"}]}'; echo
      curl -s %1$s/api/keys -H "authorization: Bearer $TOKEN" \\
        -H 'content-type: application/json' -d '{"name":"laptop"}'; echo
      """
        .formatted(gateway, logIns);
  }
}
