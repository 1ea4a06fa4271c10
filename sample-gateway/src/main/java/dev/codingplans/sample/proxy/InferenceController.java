package dev.codingplans.sample.proxy;

import static dev.codingplans.sample.proxy.Refusal.Code.METHOD_NOT_ALLOWED;
import static dev.codingplans.sample.proxy.Refusal.Code.NOT_FOUND;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.body.ByteBody;
import jakarta.annotation.security.PermitAll;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * The calls of inference. They are open to all as far as the server knows: who asks is found out
 * here, because refusals have the format of the call.
 */
@Controller("/v1")
@PermitAll
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class InferenceController {

  private static final String CHAT_COMPLETIONS = "/chat/completions";
  private static final String MESSAGES = "/messages";
  private static final String MODELS = "/models";
  private static final Map<String, String> ALLOWED =
      Map.of("/v1" + CHAT_COMPLETIONS, "POST", "/v1" + MESSAGES, "POST", "/v1" + MODELS, "GET");

  private final Inference inference;
  private final ModelList models;

  InferenceController(Inference inference, ModelList models) {
    this.inference = inference;
    this.models = models;
  }

  @Post(CHAT_COMPLETIONS)
  Mono<? extends HttpResponse<ByteBody>> chatCompletions(ServerHttpRequest<?> request) {
    return inference.serve(Call.of(request, WireFormat.OPENAI));
  }

  @Post(MESSAGES)
  Mono<? extends HttpResponse<ByteBody>> messages(ServerHttpRequest<?> request) {
    return inference.serve(Call.of(request, WireFormat.ANTHROPIC));
  }

  @Get(MODELS)
  Mono<? extends HttpResponse<ByteBody>> models(ServerHttpRequest<?> request) {
    return models.serve(Call.of(request, WireFormat.OPENAI));
  }

  /** Everything else below this path, so that also its refusals have the right format. */
  @Get("/{+path}")
  @Post("/{+path}")
  @Put("/{+path}")
  @Patch("/{+path}")
  @Delete("/{+path}")
  HttpResponse<ByteBody> elsewhere(ServerHttpRequest<?> request) {
    var call = Call.of(request, WireFormat.OPENAI);
    var allowed = ALLOWED.get(request.getPath());
    return allowed == null
        ? Answers.refuse(call, Refusal.of(NOT_FOUND, "There is no such call."))
        : Answers.refuse(call, Refusal.of(METHOD_NOT_ALLOWED, "Use " + allowed + " for this call."))
            .header("allow", allowed);
  }
}
