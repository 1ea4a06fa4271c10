package dev.codingplans.sample.browser;

import dev.codingplans.gateway.spi.identity.Caller.Role;
import dev.codingplans.sample.Client;
import dev.codingplans.sample.GatewayProcess;
import dev.codingplans.sample.Given;
import dev.codingplans.sample.Installation;
import dev.codingplans.sample.Relay;
import dev.codingplans.sample.demo.provider.SimulatedMiniMax;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A gateway with the drop-in jar that sells plans of the simulated provider. Purchases are on, and
 * so is the test clock; nothing is swept unless somebody asks. All browser tests share it: each
 * makes people of its own, and none relies on what is not its own.
 */
public final class Site implements AutoCloseable {

  private static final Duration A_DAY = Duration.ofDays(1);

  private final Path folder;
  private final SimulatedMiniMax provider;
  private final Relay toProvider;
  private final Installation installation;
  private final GatewayProcess gateway;
  private final Client client;
  private final AtomicInteger people = new AtomicInteger();
  private final Operator operator;
  private @Nullable Town town;

  private Site() throws IOException {
    folder = Files.createTempDirectory("browser-site");
    provider = SimulatedMiniMax.start();
    toProvider = Relay.to(provider.address().getPort());
    installation =
        new Installation(folder, URI.create("http://127.0.0.1:" + toProvider.port()))
            .with("CODING_PLANS_PURCHASE_ENABLED", "true")
            .with("CODING_PLANS_TEST_CLOCK", "true")
            .with("CODING_PLANS_SWEEP_INTERVAL", "P1000D");
    gateway = installation.run();
    client = gateway.awaitServing();
    operator = new Operator("root", new Api(client, token("root", Role.ADMIN, Map.of())));
  }

  static Site start() {
    try {
      return new Site();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI address() {
    return client.gateway();
  }

  public Client client() {
    return client;
  }

  public Operator operator() {
    return operator;
  }

  /** Returns somebody new, with no credit, whose identity is checked. */
  public Customer customer() {
    return customer("ada-" + people.incrementAndGet(), Map.of("kyc", "passed"));
  }

  /** Returns somebody new whose identity nobody has checked. */
  public Customer uncheckedCustomer() {
    return customer("eve-" + people.incrementAndGet(), Map.of());
  }

  /** Returns a user of this name, who may be hostile. */
  public Customer customer(String id) {
    return customer(id, Map.of("kyc", "passed"));
  }

  private Customer customer(String id, Map<String, String> claims) {
    return new Customer(id, new Api(client, token(id, Role.USER, claims)), operator);
  }

  private static String token(String user, Role role, Map<String, String> claims) {
    return Given.token(Given.JWT_SECRET, user, role, claims, A_DAY);
  }

  /** Returns what the gateway has logged. */
  public String log() {
    return gateway.output();
  }

  /** Returns everything that pages show; tests look at it, and leave it as it is. */
  Town town() {
    if (town == null) {
      town = Town.settle(this);
    }
    return town;
  }

  /** Does something while the provider cannot be reached. */
  public void withoutProvider(Runnable deed) {
    toProvider.cut();
    try {
      deed.run();
    } finally {
      toProvider.mend();
    }
  }

  /** Returns the database's side of it. */
  public Installation installation() {
    return installation;
  }

  @Override
  public void close() throws IOException {
    try (provider;
        toProvider;
        installation;
        gateway) {
      // Backwards: the gateway first.
    }
    try (var files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
    }
  }
}
