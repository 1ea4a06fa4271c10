package dev.codingplans.sample.proxy;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.body.ByteBody;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import java.util.concurrent.CompletionStage;

/**
 * The calls of inference. They are open to all as far as the server knows: who asks is found out
 * here, because refusals have the format of the call.
 */
@Controller(InferenceController.ROOT)
@Secured(SecurityRule.IS_ANONYMOUS)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
@SecurityRequirement(name = "token")
@SecurityRequirement(name = "apiKey")
final class InferenceController {

  static final String ROOT = "/v1";
  static final String CHAT_COMPLETIONS = "/chat/completions";
  static final String MESSAGES = "/messages";
  static final String MODELS = "/models";
  private final Inference inference;
  private final ModelList models;

  InferenceController(Inference inference, ModelList models) {
    this.inference = inference;
    this.models = models;
  }

  /** Chats in OpenAI's format, streaming or not. */
  @PassedOn
  @Post(CHAT_COMPLETIONS)
  CompletionStage<? extends HttpResponse<ByteBody>> chatCompletions(ServerHttpRequest<?> request) {
    return inference.serve(Call.of(request, WireFormat.OPENAI));
  }

  /** Sends a message in Anthropic's format, streaming or not. */
  @PassedOn
  @Post(MESSAGES)
  CompletionStage<? extends HttpResponse<ByteBody>> messages(ServerHttpRequest<?> request) {
    return inference.serve(Call.of(request, WireFormat.ANTHROPIC));
  }

  /** Lists the models that the caller can use now. */
  @ApiResponse(
      responseCode = "200",
      description = "in OpenAI's list format",
      content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = "object")))
  @Get(MODELS)
  CompletionStage<? extends HttpResponse<ByteBody>> models(ServerHttpRequest<?> request) {
    return models.serve(Call.of(request, WireFormat.OPENAI));
  }
}
