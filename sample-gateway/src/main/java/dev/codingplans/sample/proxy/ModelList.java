package dev.codingplans.sample.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.identity.Caller;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.body.ByteBody;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Lists the models that a caller can use now, as OpenAI's clients read it. */
@Singleton
final class ModelList {

  private final Callers callers;
  private final Entitlements entitlements;

  ModelList(Callers callers, Entitlements entitlements) {
    this.callers = callers;
    this.entitlements = entitlements;
  }

  /** Returns the answer; it never fails. */
  CompletableFuture<MutableHttpResponse<ByteBody>> serve(Call call) {
    var answer =
        Steps.begin(
            () ->
                callers
                    .identify(call.request())
                    .thenCompose(this::usable)
                    .thenApply(models -> Answers.json(call, json(models))));
    return Steps.orElseGet(answer, failure -> Answers.fail(call, failure));
  }

  private CompletableFuture<List<ModelName>> usable(Caller caller) {
    return Flux.fromIterable(entitlements.providers())
        .flatMapIterable(
            provider ->
                provider.models().stream()
                    .map(model -> new ModelName(provider.id(), model))
                    .toList())
        .filterWhen(model -> isUsable(caller, model))
        .collectList()
        .toFuture();
  }

  private Mono<Boolean> isUsable(Caller caller, ModelName model) {
    return entitlements
        .resolve(caller.user(), model)
        .map(decision -> Mono.fromFuture(decision).map(ModelList::isUsable))
        .orElseGet(() -> Mono.just(false));
  }

  private static boolean isUsable(Entitlement entitlement) {
    return switch (entitlement) {
      case Entitlement.OwnKey own -> true;
      case Entitlement.PlanKey plan -> true;
      case Entitlement.Metered metered -> true;
      case Entitlement.Denied denied -> false;
    };
  }

  private static byte[] json(List<ModelName> models) {
    var list = JsonNodeFactory.instance.objectNode().put("object", "list");
    var data = list.putArray("data");
    models.forEach(model -> data.add(entry(model)));
    return list.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode entry(ModelName model) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", model.toString())
        .put("object", "model")
        // Clients require a date; a catalog knows none.
        .put("created", 0)
        .put("owned_by", model.provider().value());
  }
}
