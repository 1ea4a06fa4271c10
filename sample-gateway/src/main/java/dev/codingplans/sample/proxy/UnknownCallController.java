package dev.codingplans.sample.proxy;

import static dev.codingplans.sample.proxy.InferenceController.CHAT_COMPLETIONS;
import static dev.codingplans.sample.proxy.InferenceController.MESSAGES;
import static dev.codingplans.sample.proxy.InferenceController.MODELS;
import static dev.codingplans.sample.proxy.InferenceController.ROOT;
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

/** Whatever is no call of inference, so that its refusal too has a format that clients read. */
@Controller(ROOT)
@PermitAll
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class UnknownCallController {

  private static final String ANY = "/{+path}";
  private static final Map<String, String> ALLOWED =
      Map.of(ROOT + CHAT_COMPLETIONS, "POST", ROOT + MESSAGES, "POST", ROOT + MODELS, "GET");

  @Get(ANY)
  HttpResponse<ByteBody> get(ServerHttpRequest<?> request) {
    return refuse(request);
  }

  @Post(ANY)
  HttpResponse<ByteBody> post(ServerHttpRequest<?> request) {
    return refuse(request);
  }

  @Put(ANY)
  HttpResponse<ByteBody> put(ServerHttpRequest<?> request) {
    return refuse(request);
  }

  @Patch(ANY)
  HttpResponse<ByteBody> patch(ServerHttpRequest<?> request) {
    return refuse(request);
  }

  @Delete(ANY)
  HttpResponse<ByteBody> delete(ServerHttpRequest<?> request) {
    return refuse(request);
  }

  private static HttpResponse<ByteBody> refuse(ServerHttpRequest<?> request) {
    var call = Call.of(request, WireFormat.OPENAI);
    var allowed = ALLOWED.get(request.getPath());
    return allowed == null
        ? Answers.refuse(call, Refusal.of(NOT_FOUND, "There is no such call."))
        : Answers.refuse(call, Refusal.of(METHOD_NOT_ALLOWED, "Use " + allowed + " for this call."))
            .header("allow", allowed);
  }
}
