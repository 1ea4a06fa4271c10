package dev.codingplans.sample.stub;

import com.sun.net.httpserver.HttpServer;
import dev.codingplans.gateway.spi.GatewayHost;
import dev.codingplans.gateway.spi.GatewayPlugin;
import dev.codingplans.gateway.spi.Registrations;
import dev.codingplans.gateway.spi.catalog.PlanCatalog;
import dev.codingplans.gateway.spi.catalog.PlanOffer;
import dev.codingplans.gateway.spi.catalog.ProviderOffer;
import dev.codingplans.gateway.spi.console.Console;
import dev.codingplans.gateway.spi.entitlement.Entitlement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A plugin that shows what it is given. It uses the JDK and the contract only. */
public final class StubPlugin implements GatewayPlugin {

  private static final String OPEN_API =
      """
      openapi: 3.0.1
      info: {title: stub, version: '1'}
      paths:
        /api/echo:
          get: {operationId: echo, responses: {'200': {description: what was sent}}}
      components:
        schemas:
          Echo: {type: object}
      """;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @Override
  public String id() {
    return "stub";
  }

  @Override
  public List<String> faults(Map<String, String> settings) {
    return "nonsense".equals(settings.get("CODING_PLANS_GRACE"))
        ? List.of("CODING_PLANS_GRACE must be an ISO-8601 duration.")
        : List.of();
  }

  @Override
  public Registrations start(GatewayHost host) {
    System.getLogger("stub").log(System.Logger.Level.INFO, "stub plugin starts");
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", new StubConsole(host, this::close));
    server.start();
    host.meters().counter("starts", Map.of("kind", "test")).increment();
    var console =
        new Console(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            List.of("/", "/api", "/admin", "/subscriptions"),
            OPEN_API);
    return new Registrations(
        query ->
            CompletableFuture.completedFuture(
                new Entitlement.Denied(Entitlement.Reason.NO_ENTITLEMENT, "This is a stub.")),
        new EmptyCatalog(),
        Optional.of(console));
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
    }
    threads.shutdownNow();
  }

  private static final class EmptyCatalog implements PlanCatalog {

    @Override
    public List<ProviderOffer> providers() {
      return List.of();
    }

    @Override
    public List<PlanOffer> plans() {
      return List.of();
    }
  }
}
