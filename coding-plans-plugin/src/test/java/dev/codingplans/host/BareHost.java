package dev.codingplans.host;

import static java.util.concurrent.CompletableFuture.completedFuture;

import com.sun.net.httpserver.HttpServer;
import dev.codingplans.gateway.spi.GatewayHost;
import dev.codingplans.gateway.spi.InvalidSettingsException;
import dev.codingplans.gateway.spi.Registrations;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Entitlement.Denied;
import dev.codingplans.gateway.spi.entitlement.Entitlement.Metered;
import dev.codingplans.gateway.spi.entitlement.Entitlement.OwnKey;
import dev.codingplans.gateway.spi.entitlement.Entitlement.PlanKey;
import dev.codingplans.gateway.spi.entitlement.Entitlement.Reason;
import dev.codingplans.gateway.spi.entitlement.EntitlementQuery;
import dev.codingplans.gateway.spi.entitlement.Scope;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.identity.Authenticator;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.gateway.spi.lifecycle.LifecycleListener;
import dev.codingplans.gateway.spi.loader.LoadedPlugin;
import dev.codingplans.gateway.spi.loader.PluginLoadException;
import dev.codingplans.gateway.spi.loader.PluginLoader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gateway that loads the plugins of a folder, serves until its standard input ends, and then
 * stops them. Its settings are the environment's.
 */
record BareHost(Map<String, String> settings, Users users) implements GatewayHost {

  private static final Logger LOG = LoggerFactory.getLogger(BareHost.class);

  public static void main(String... arguments) throws IOException {
    try {
      new BareHost(System.getenv(), new Users()).run(Path.of(arguments[0]));
    } catch (PluginLoadException | InvalidSettingsException e) {
      LOG.error(e.getMessage());
      System.exit(1);
    }
  }

  private void run(Path folder) throws IOException {
    List<LoadedPlugin> plugins = PluginLoader.load(folder);
    try {
      var faults = plugins.stream().flatMap(plugin -> plugin.faults(settings).stream()).toList();
      if (!faults.isEmpty()) {
        throw new InvalidSettingsException(faults);
      }
      Registrations registered = plugins.getFirst().start(this);
      serve(registered);
    } finally {
      plugins.forEach(LoadedPlugin::close);
    }
  }

  @Override
  public Authenticator authenticator() {
    return head -> completedFuture(head.header("authorization").flatMap(users::verify));
  }

  @Override
  public List<LifecycleListener> lifecycleListeners() {
    return List.of(new EventLog());
  }

  private void serve(Registrations registered) throws IOException {
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    try (var console = new ConsoleClient();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      server.setExecutor(threads);
      server.createContext(
          "/",
          exchange -> {
            var answer = answer(Request.of(exchange), registered, console);
            answer.toCompletableFuture().join().send(exchange);
          });
      server.start();
      LOG.info("listening on http://127.0.0.1:{}", server.getAddress().getPort());
      System.in.transferTo(OutputStream.nullOutputStream());
      server.stop(0);
    }
  }

  private CompletionStage<Answer> answer(
      Request request, Registrations registered, ConsoleClient client) {
    return switch (request.path()) {
      case "/v1/chat/completions" -> chat(request, registered);
      case "/origins" -> completedFuture(Answer.of(200, Origins.of(registered.entitlements())));
      default ->
          registered
              .console()
              .filter(console -> console.serves(request.path()))
              .map(console -> client.passOn(request, console.address()))
              .orElseGet(() -> completedFuture(Answer.of(404, "detail", "No such path.")));
    };
  }

  private CompletionStage<Answer> chat(Request request, Registrations registered) {
    var name = request.json().path("model").asText().split("/", 2);
    if (name.length < 2 || !ProviderId.isWellFormed(name[0])) {
      return completedFuture(Answer.of(404, "detail", "A model is named <provider>/<model>."));
    }
    var provider = new ProviderId(name[0]);
    var model = name[1];
    return authenticator()
        .authenticate(request.head())
        .thenCompose(
            caller ->
                caller
                    .map(known -> resolve(known.user(), provider, model, registered))
                    .orElseGet(() -> completedFuture(Answer.of(401, "detail", "Who is it?"))));
  }

  private static CompletionStage<Answer> resolve(
      UserId user, ProviderId provider, String model, Registrations registered) {
    var query = new EntitlementQuery(new Scope.Personal(user), provider, model);
    return registered
        .entitlements()
        .resolve(query)
        .thenApply(
            entitlement ->
                switch (entitlement) { // no default: a new kind must not compile unnoticed
                  case OwnKey own -> forward("byok", own.credential());
                  case PlanKey plan -> forward("plan", plan.credential());
                  case Metered metered ->
                      refuse(Reason.NO_ENTITLEMENT, "This host sells nothing from credits.");
                  case Denied denied -> refuse(denied.reason(), denied.detail());
                })
        .exceptionally(noDecision -> Answer.of(503, "detail", "Nobody can tell now."));
  }

  /** Would send the request on with the credential; this gateway only says who would have paid. */
  private static Answer forward(String payer, Secret credential) {
    LOG.info("the {} pays, with the credential {}", payer, credential);
    return Answer.of(200, "payer", payer);
  }

  private static Answer refuse(Reason reason, String detail) {
    return switch (reason) {
      case MODEL_NOT_FOUND -> Answer.of(404, "detail", detail);
      case NO_ENTITLEMENT -> Answer.of(403, "detail", detail);
    };
  }
}
