package dev.codingplans.sample.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.errors.PermissionDeniedException;
import com.anthropic.models.messages.MessageCreateParams;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.models.Model;
import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.sample.demo.provider.SimulatedMiniMax;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The providers' own clients, unchanged, through the gateway to the simulated provider. */
class OfficialClientsTest {

  private static final String MODEL = "minimax/MiniMax-M2";
  private static final String ANSWER = "Hello from MiniMax-M2, simulated, on your Token Plan Max.";

  private static SimulatedMiniMax provider;
  private static FakeHost host;
  private static Gateway gateway;
  private static OpenAIClient openAi;
  private static AnthropicClient anthropic;

  @BeforeAll
  static void start() {
    provider = SimulatedMiniMax.start();
    host = FakeHost.withPlugin(provider.address());
    host.decides(new Entitlement.PlanKey(Secret.of("sk-sim-max-1"), FakeHost.PLAN, Instant.MAX));
    gateway = new Gateway(host);
    openAi =
        OpenAIOkHttpClient.builder()
            .baseUrl(gateway.uri("/v1").toString())
            .apiKey(FakeHost.TOKEN)
            .maxRetries(0)
            .build();
    anthropic =
        AnthropicOkHttpClient.builder()
            .baseUrl(gateway.uri("").toString())
            .apiKey(FakeHost.TOKEN)
            .maxRetries(0)
            .build();
  }

  @AfterAll
  static void stop() {
    openAi.close();
    anthropic.close();
    gateway.close();
    provider.close();
  }

  private static ChatCompletionCreateParams.Builder chat() {
    return ChatCompletionCreateParams.builder()
        .model(MODEL)
        .addUserMessage("Hello")
        .safetyIdentifier("ada");
  }

  private static MessageCreateParams.Builder message() {
    return MessageCreateParams.builder().model(MODEL).maxTokens(100).addUserMessage("Hello");
  }

  @Test
  @DisplayName("OpenAI's client chats")
  void chats() {
    var completion = openAi.chat().completions().create(chat().build());

    assertThat(completion.choices().getFirst().message().content()).contains(ANSWER);
    assertThat(completion.usage().orElseThrow().completionTokens()).isPositive();
  }

  @Test
  @DisplayName("OpenAI's client streams, with usage at the end")
  void streams() {
    var options = ChatCompletionStreamOptions.builder().includeUsage(true).build();
    try (var stream =
        openAi.chat().completions().createStreaming(chat().streamOptions(options).build())) {
      var chunks = stream.stream().toList();

      assertThat(chunks).hasSizeGreaterThan(3);
      assertThat(
              chunks.stream()
                  .flatMap(chunk -> chunk.choices().stream())
                  .flatMap(choice -> choice.delta().content().stream())
                  .collect(Collectors.joining()))
          .isEqualTo(ANSWER);
      assertThat(chunks.getLast().usage()).isPresent();
    }
  }

  @Test
  @DisplayName("OpenAI's client lists models and understands a refusal")
  void listsModels() {
    assertThat(openAi.models().list().data()).extracting(Model::id).contains(MODEL);
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> openAi.chat().completions().create(chat().model("none/x").build()))
        .satisfies(e -> assertThat(e.code()).contains("model_not_found"));
  }

  @Test
  @DisplayName("Anthropic's client sends a message")
  void sendsMessages() {
    var answer = anthropic.messages().create(message().build());

    assertThat(answer.content().getFirst().asText().text()).isEqualTo(ANSWER);
    assertThat(answer.usage().outputTokens()).isPositive();
  }

  @Test
  @DisplayName("Anthropic's client streams a message")
  void streamsMessages() {
    try (var stream = anthropic.messages().createStreaming(message().build())) {
      assertThat(
              stream.stream()
                  .flatMap(event -> event.contentBlockDelta().stream())
                  .flatMap(event -> event.delta().text().stream())
                  .map(delta -> delta.text())
                  .collect(Collectors.joining()))
          .isEqualTo(ANSWER);
    }
  }

  @Test
  @DisplayName("Anthropic's client understands a refusal")
  void understandsRefusals() {
    var plan = new Entitlement.PlanKey(Secret.of("sk-sim-max-1"), FakeHost.PLAN, Instant.MAX);
    host.decides(new Entitlement.Denied(Entitlement.Reason.NO_ENTITLEMENT, "Buy a plan."));
    try {
      assertThatExceptionOfType(PermissionDeniedException.class)
          .isThrownBy(() -> anthropic.messages().create(message().build()))
          .withMessageContaining("no_entitlement");
    } finally {
      host.decides(plan);
    }
  }
}
