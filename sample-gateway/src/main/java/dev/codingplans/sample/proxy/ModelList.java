package dev.codingplans.sample.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.EntitlementQuery.Credits;
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
  private final CreditSales sales;

  ModelList(Callers callers, Entitlements entitlements, CreditSales sales) {
    this.callers = callers;
    this.sales = sales;
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
    var credits = sales.sells(model) ? Credits.TAKEN : Credits.NOT_TAKEN;
    return entitlements
        .resolve(caller.user(), model, credits)
        .map(decision -> Mono.fromFuture(decision).flatMap(found -> isUsable(caller, found)))
        .orElseGet(() -> Mono.just(false));
  }

  private Mono<Boolean> isUsable(Caller caller, Entitlement entitlement) {
    return switch (entitlement) {
      case Entitlement.OwnKey own -> Mono.just(true);
      case Entitlement.PlanKey plan -> Mono.just(true);
      case Entitlement.Metered metered -> Mono.fromFuture(sales.canPay(caller.user()));
      case Entitlement.Denied denied -> Mono.just(false);
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
