package dev.codingplans.plugin.support;

import dev.codingplans.gateway.spi.GatewayHost;
import dev.codingplans.gateway.spi.Meters;
import dev.codingplans.gateway.spi.identity.Authenticator;
import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.gateway.spi.identity.Caller.Role;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.gateway.spi.lifecycle.PurchasePolicy;
import dev.codingplans.gateway.spi.lifecycle.TopUpPort;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A host that believes what the header {@code x-test-caller} says: {@code user:NAME} or {@code
 * admin:NAME}, and after {@code ;iat=} when its token was issued.
 */
public record TestHost(
    Map<String, String> settings,
    List<PurchasePolicy> purchasePolicies,
    TopUpPort topUpPort,
    Meters meters)
    implements GatewayHost {

  public static final String CALLER = "x-test-caller";

  public TestHost(Map<String, String> settings, List<PurchasePolicy> purchasePolicies) {
    this(settings, purchasePolicies, TopUpPort.none(), Meters.none());
  }

  @Override
  public Authenticator authenticator() {
    return head -> CompletableFuture.completedFuture(head.header(CALLER).flatMap(TestHost::caller));
  }

  private static Optional<Caller> caller(String text) {
    var parts = text.split(":", 2);
    return switch (parts[0]) {
      case "user" -> Optional.of(caller(parts[1], Role.USER));
      case "admin" -> Optional.of(caller(parts[1], Role.ADMIN));
      default -> Optional.empty();
    };
  }

  private static Caller caller(String text, Role role) {
    var parts = text.split(";iat=", 2);
    return new Caller(
        new UserId(parts[0]), Set.of(role), parts.length == 2 ? Map.of("iat", parts[1]) : Map.of());
  }
}
