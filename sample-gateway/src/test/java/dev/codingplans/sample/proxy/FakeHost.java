package dev.codingplans.sample.proxy;

import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.codingplans.gateway.spi.Registrations;
import dev.codingplans.gateway.spi.catalog.PlanCatalog;
import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.PlanOffer;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.catalog.ProviderOffer;
import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.EntitlementQuery;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.entitlement.UpstreamErrors;
import dev.codingplans.gateway.spi.entitlement.UpstreamVerdict;
import dev.codingplans.gateway.spi.identity.Authenticator;
import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.gateway.spi.identity.RequestHead;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.gateway.spi.usage.CreditHolds;
import dev.codingplans.sample.plugins.Plugins;
import dev.codingplans.sample.security.Credentials;
import dev.codingplans.sample.settings.ModelPrice;
import dev.codingplans.sample.settings.ModelPrices;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The rest of the gateway as the proxy sees it: one user, one provider, a plugin or none. */
final class FakeHost implements Authenticator {

  static final UserId USER = new UserId("ada@example.org");
  static final String TOKEN = "token-of-ada";
  static final String TOKEN_WITHOUT_ROLES = "token-without-roles";
  static final Secret PLAN_SECRET = Secret.of("sk-plan-credential-0123456789");
  static final Secret PLATFORM = Secret.of("sk-platform-key-0123456789");
  static final PlanId PLAN = new PlanId("minimax-token-plan-plus");
  static final ProviderId MINIMAX = new ProviderId("minimax");
  static final Entitlement PLAN_KEY = new Entitlement.PlanKey(PLAN_SECRET, PLAN, Instant.MAX);

  private final ProxySettings settings;
  private final boolean withPlugin;
  private volatile Function<EntitlementQuery, CompletionStage<Entitlement>> decision =
      query -> completedFuture(PLAN_KEY);

  private volatile CreditHolds holds = CreditHolds.none();

  private FakeHost(ProxySettings settings, boolean withPlugin) {
    this.settings = settings;
    this.withPlugin = withPlugin;
  }

  static FakeHost withPlugin(URI minimax) {
    return withPlugin(minimax, Duration.ofSeconds(30));
  }

  static FakeHost withLimits(URI minimax, ProxySettings.Limits limits) {
    return new FakeHost(
        new ProxySettings(
            Map.of(MINIMAX, minimax), Optional.empty(), Secret.of("a key of pseudonyms"), limits),
        true);
  }

  static FakeHost withPlugin(URI minimax, Duration idleTimeout) {
    return new FakeHost(settings(Map.of(MINIMAX, minimax), Optional.empty(), idleTimeout), true);
  }

  /** Sells one model from credits: a microdollar for a token in, ten for one out. */
  static FakeHost selling(URI minimax, CreditHolds holds) {
    var plain = settings(Map.of(MINIMAX, minimax), Optional.of(PLATFORM), Duration.ofSeconds(30));
    var host =
        new FakeHost(
            new ProxySettings(
                plain.upstreams(),
                plain.platformKey(),
                plain.pseudonymKey(),
                plain.limits(),
                new ModelPrices(
                    Map.of("minimax/MiniMax-M2", new ModelPrice(1_000_000, 10_000_000, 1_000)))),
            true);
    host.holds = holds;
    return host;
  }

  static FakeHost plain(URI minimax, Optional<Secret> platformKey) {
    return new FakeHost(
        settings(Map.of(MINIMAX, minimax), platformKey, Duration.ofSeconds(30)), false);
  }

  private static ProxySettings settings(
      Map<ProviderId, URI> upstreams, Optional<Secret> platformKey, Duration idleTimeout) {
    return new ProxySettings(
        upstreams,
        platformKey,
        Secret.of("a key of pseudonyms"),
        new ProxySettings.Limits(
            10 << 20, Duration.ofSeconds(5), idleTimeout, 64L << 20, 10_000, 1_000));
  }

  ProxySettings settings() {
    return settings;
  }

  void decides(Entitlement entitlement) {
    decision = query -> completedFuture(entitlement);
  }

  void decides(Function<EntitlementQuery, CompletionStage<Entitlement>> newDecision) {
    decision = newDecision;
  }

  @Override
  public CompletionStage<Optional<Caller>> authenticate(RequestHead request) {
    return authenticate(
        new Credentials(request.header("authorization"), request.header("x-api-key")));
  }

  CompletionStage<Optional<Caller>> authenticate(Credentials credentials) {
    var sent = credentials.bearer().or(credentials::apiKey).orElse("");
    return completedFuture(
        switch (sent) {
          case TOKEN -> Optional.of(new Caller(USER, Set.of(Caller.Role.USER), Map.of()));
          case TOKEN_WITHOUT_ROLES -> Optional.of(new Caller(USER, Set.of(), Map.of()));
          default -> Optional.empty();
        });
  }

  Plugins plugins() {
    return new Plugins(
        withPlugin
            ? List.of(
                new Registrations(
                    query -> decision.apply(query),
                    new FakeCatalog(),
                    Optional.empty(),
                    Optional.empty(),
                    FakeHost::judge,
                    Optional.empty(),
                    (user, cost) -> holds.hold(user, cost)))
            : List.of());
  }

  /** Knows two codes of the provider, as the plugin does. */
  private static UpstreamVerdict judge(
      ProviderId provider, Entitlement used, int status, byte[] start) {
    var body = new String(start, StandardCharsets.UTF_8);
    if (body.contains("\"status_code\":2056")) {
      return UpstreamVerdict.PLAN_EXHAUSTED;
    }
    return body.contains("\"status_code\":1004")
        ? UpstreamVerdict.KEY_REJECTED
        : UpstreamErrors.byStatus().judge(provider, used, status, start);
  }

  private static final class FakeCatalog implements PlanCatalog {

    @Override
    public List<ProviderOffer> providers() {
      return List.of(
          new ProviderOffer(MINIMAX, "MiniMax", List.of("MiniMax-M2", "MiniMax-M3")),
          new ProviderOffer(new ProviderId("nowhere"), "Nowhere", List.of("n1")));
    }

    @Override
    public List<PlanOffer> plans() {
      return List.of();
    }
  }
}
