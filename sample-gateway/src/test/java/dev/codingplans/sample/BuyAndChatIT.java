package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.codingplans.gateway.spi.identity.Caller.Role;
import dev.codingplans.sample.demo.provider.SimulatedMiniMax;
import dev.codingplans.sample.proxy.FakeProvider;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way: an operator fills the stock, a customer buys a plan and chats through it. */
@DisplayName("The gateway with the drop-in jar")
class BuyAndChatIT {

  private static final String USER = "ada@example.org";
  private static final String MODEL = "minimax/MiniMax-M2";
  private static final String MAX = "minimax-token-plan-max";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String token = Given.token(USER, Role.USER, Map.of());
  private final String adminToken = Given.token("root", Role.ADMIN, Map.of());

  @TempDir private Path folder;

  @Test
  @DisplayName(
      "P1, E1 official clients chat on the plan that was bought, with a token and with an API key")
  void chatsOnThePlan() {
    try (var provider = SimulatedMiniMax.start();
        var gateway = run(provider.address())) {
      var client = gateway.awaitServing();
      assertThat(chat(client).statusCode()).isEqualTo(403);
      buy(client, "sk-sim-max-0001");

      var key = new KeyCalls(client, token).made().get("secret").asText();
      var expected = "Hello from MiniMax-M2, simulated, on your Token Plan Max.";
      for (var credential : List.of(token, key)) {
        assertThat(openAiChat(client, credential)).isEqualTo(expected);
        assertThat(openAiStream(client, credential)).isEqualTo(expected);
        assertThat(anthropicMessage(client, credential)).isEqualTo(expected);
        assertThat(anthropicStream(client, credential)).isEqualTo(expected);
      }
      assertThat(json(get(client, "/v1/models")).get("data")).hasSize(3);
      assertThat(gateway.output())
          .contains("payer=plan")
          .doesNotContain("sk-sim-max-0001", token, key);
    }
  }

  @Test
  @DisplayName("E7, E9 the plan's credential reaches the provider, and nothing of the caller does")
  void leaksNothing() throws Exception {
    try (var provider = new FakeProvider();
        var gateway = run(provider.address())) {
      var client = gateway.awaitServing();
      provider.provesKeys("Token Plan Max");
      buy(client, "sk-plan-credential-1");
      provider.forget();
      provider.answers(200, "application/json", "{\"choices\":[]}");

      var answer =
          client.send(
              "POST",
              "/v1/chat/completions",
              "{\"model\":\"" + MODEL + "\",\"user\":\"" + USER + "\",\"messages\":[]}",
              "authorization",
              "Bearer " + token,
              "content-type",
              "application/json",
              "cookie",
              "session=of-ada",
              "x-forwarded-for",
              "203.0.113.7",
              "x-real-ip",
              "203.0.113.7");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("x-gateway-payer")).contains("plan");
      assertThat(answer.headers().firstValue("x-gateway-plan")).contains(MAX);
      assertThat(answer.headers().firstValue("x-gateway-overhead-us")).isPresent();
      assertThat(provider.takeRequest().raw())
          .contains("Bearer sk-plan-credential-1", "\"model\":\"MiniMax-M2\"")
          .doesNotContain(token, USER, "of-ada", "203.0.113.7", "minimax/");
    }
  }

  @Test
  @DisplayName("The front door shows one API, and lets nobody in who is not known")
  void frontDoor() {
    try (var provider = SimulatedMiniMax.start();
        var gateway = run(provider.address())) {
      var client = gateway.awaitServing();

      assertThat(client.get("/health").body()).contains("\"status\":\"UP\"");
      assertThat(client.get("/openapi.yml").body())
          .contains(
              "/v1/chat/completions:", "/api/subscriptions:", "/admin/api/inventory/uploads:");
      assertThat(client.get("/api/plans").statusCode()).isEqualTo(401);
      assertThat(client.get("/admin/api/inventory").statusCode()).isEqualTo(401);
      assertThat(get(client, "/admin/api/inventory").statusCode()).isEqualTo(403);
      assertThat(get(client, "/api/plans").statusCode()).isEqualTo(200);
      assertThat(client.get("/prometheus").body())
          .contains("coding_plans_entitlement_cache_hits_total");
    }
  }

  private GatewayProcess run(URI provider) {
    return GatewayProcess.run(
        folder,
        Map.of(
            "GATEWAY_PORT",
            "0",
            "JWT_SECRET",
            Given.JWT_SECRET,
            "CODING_PLANS_KEYSET",
            "file:" + folder.resolve("keyset.json"),
            "MINIMAX_BASE_URL",
            provider.toString()));
  }

  private void buy(Client client, String credential) {
    var stored =
        admin(
            client,
            "/admin/api/inventory/uploads",
            """
            {"providerId": "minimax", "planId": "%s", "entries": ["%s::upstream-1"]}"""
                .formatted(MAX, credential));
    assertThat(stored.statusCode()).isEqualTo(202);
    var progress = "/admin/api/inventory/uploads/" + json(stored).get("id").asText();
    await()
        .until(
            () -> json(client.get(progress, "authorization", "Bearer " + adminToken)),
            upload -> upload.path("stored").asInt() == 1);
    var paid =
        admin(
            client,
            "/admin/api/users/" + USER + "/credits",
            """
            {"amountMicrodollars": 50000000, "kind": "paid_credit", "reason": "test"}""");
    assertThat(paid.statusCode()).isEqualTo(201);
    var bought =
        client.send(
            "POST",
            "/api/subscriptions",
            "{\"planId\": \"" + MAX + "\"}",
            "authorization",
            "Bearer " + token,
            "content-type",
            "application/json",
            "idempotency-key",
            "one");
    assertThat(bought.statusCode()).as(bought.body()).isEqualTo(201);
  }

  private HttpResponse<String> admin(Client client, String path, String body) {
    return client.send(
        "POST",
        path,
        body,
        "authorization",
        "Bearer " + adminToken,
        "content-type",
        "application/json",
        "idempotency-key",
        "one");
  }

  private HttpResponse<String> get(Client client, String path) {
    return client.get(path, "authorization", "Bearer " + token);
  }

  private HttpResponse<String> chat(Client client) {
    return client.send(
        "POST",
        "/v1/chat/completions",
        "{\"model\":\"" + MODEL + "\",\"messages\":[]}",
        "authorization",
        "Bearer " + token,
        "content-type",
        "application/json");
  }

  private String openAiChat(Client client, String credential) {
    var completion = openAi(client, credential).chat().completions().create(question());
    return completion.choices().getFirst().message().content().orElseThrow();
  }

  private String openAiStream(Client client, String credential) {
    try (var chunks = openAi(client, credential).chat().completions().createStreaming(question())) {
      return chunks.stream()
          .flatMap(chunk -> chunk.choices().stream())
          .flatMap(choice -> choice.delta().content().stream())
          .collect(Collectors.joining());
    }
  }

  private String anthropicMessage(Client client, String credential) {
    return anthropic(client, credential)
        .messages()
        .create(message())
        .content()
        .getFirst()
        .asText()
        .text();
  }

  private String anthropicStream(Client client, String credential) {
    try (var events = anthropic(client, credential).messages().createStreaming(message())) {
      return events.stream()
          .flatMap(event -> event.contentBlockDelta().stream())
          .flatMap(event -> event.delta().text().stream())
          .map(delta -> delta.text())
          .collect(Collectors.joining());
    }
  }

  private OpenAIClient openAi(Client client, String credential) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(client.gateway().resolve("/v1").toString())
        .apiKey(credential)
        .maxRetries(0)
        .build();
  }

  private AnthropicClient anthropic(Client client, String credential) {
    return AnthropicOkHttpClient.builder()
        .baseUrl(client.gateway().toString())
        .authToken(credential)
        .maxRetries(0)
        .build();
  }

  private static ChatCompletionCreateParams question() {
    return ChatCompletionCreateParams.builder().model(MODEL).addUserMessage("Hello").build();
  }

  private static MessageCreateParams message() {
    return MessageCreateParams.builder()
        .model(MODEL)
        .maxTokens(100)
        .addUserMessage("Hello")
        .build();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(answer.body(), e);
    }
  }
}
