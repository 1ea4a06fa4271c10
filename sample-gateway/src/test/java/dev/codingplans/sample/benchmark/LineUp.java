package dev.codingplans.sample.benchmark;

import dev.codingplans.gateway.spi.identity.Caller.Role;
import dev.codingplans.sample.Client;
import dev.codingplans.sample.GatewayProcess;
import dev.codingplans.sample.Given;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts one provider and everything that forwards to it, and stops it all. */
final class LineUp implements AutoCloseable {

  private static final String PLAN = "minimax-token-plan-max";
  private static final String USER = "ada@example.org";
  private static final String PAYER = "bea@example.org";

  /** Not in a bare proxy: the gateway itself, and what adds filters or beans of its own. */
  private static final List<String> MORE_THAN_BARE =
      List.of(
          "sample-gateway-", "micronaut-security", "micronaut-micrometer", "micronaut-management");

  private final Path folder;
  private final Deque<Runnable> running = new ArrayDeque<>();
  private final JavaProcess provider;
  private final int providerPort;

  LineUp(Path folder) throws IOException {
    this.folder = folder;
    provider = JavaProcess.start(FixedAnswerServer.class);
    running.push(provider::close);
    providerPort = Integer.parseInt(provider.read());
  }

  /** The gateway with the plugin, and a user whose plan serves. */
  Contender gatewayWithPlan() {
    var keyset = "file:" + folder.resolve("keyset.json");
    var gateway =
        run(Map.of("CODING_PLANS_KEYSET", keyset, "MINIMAX_PLATFORM_KEY", "sk-benchmark-host"));
    var client = gateway.awaitServing();
    var admin = new Shop(client, token("root", Role.ADMIN));
    admin.stock(PLAN);
    admin.post(
        "/admin/api/users/" + USER + "/credits",
        """
        {"amountMicrodollars": 50000000, "kind": "paid_credit", "reason": "benchmark"}\
        """);
    var customer = new Shop(client, token(USER, Role.USER));
    customer.buy(PLAN);
    customer.chatOnPlan();
    return contender("gateway with a plan", gateway);
  }

  /** The same gateway, asked with an API key of the user's instead of a token. */
  Contender gatewayWithApiKey(Contender gateway) {
    var client = new Client(URI.create("http://127.0.0.1:" + gateway.port()));
    var key = new Shop(client, gateway.token()).makeApiKey();
    return new Contender("gateway with a plan, API key", gateway.process(), gateway.port(), key);
  }

  /** The same gateway, and a user without a plan, whose credits pay for each request. */
  Contender gatewayOnCredits(Contender gateway) {
    var client = new Client(URI.create("http://127.0.0.1:" + gateway.port()));
    new Shop(client, token("root", Role.ADMIN))
        .post(
            "/admin/api/users/" + PAYER + "/credits",
            """
            {"amountMicrodollars": 1000000000000, "kind": "granted_credit", "reason": "benchmark"}\
            """);
    var token = token(PAYER, Role.USER);
    return new Contender("gateway, from credits", gateway.process(), gateway.port(), token);
  }

  /** The gateway without a plugin, which pays with the host's own key. */
  Contender plainGateway() throws IOException {
    var noPlugins = Files.createDirectory(folder.resolve("no-plugins")).toString();
    var gateway =
        run(
            Map.of(
                "GATEWAY_PLUGINS_DIR",
                noPlugins,
                "DATA_DIR",
                folder.resolve("data-without-a-plugin").toString(),
                "MINIMAX_PLATFORM_KEY",
                "sk-benchmark-host"));
    return contender("gateway without a plugin", gateway);
  }

  /** A bare proxy on the JVM, the flags and the libraries of a gateway. */
  Contender bareProxy(Contender gateway) throws IOException {
    var proxy =
        start(flags(gateway), bareClassPath(), BareProxy.class, Integer.toString(providerPort));
    var port = Integer.parseInt(proxy.read());
    return new Contender("bare proxy", proxy.handle(), port, gateway.token());
  }

  /** Spring Cloud Gateway with one route, on the JVM and the flags of a gateway. */
  Contender springCloudGateway(Contender gateway) throws IOException {
    var libraries = Path.of(System.getProperty("spring-cloud-gateway.libraries"));
    var proxy =
        JavaProcess.start(
            flags(gateway),
            libraries.resolve("*").toString(),
            System.getProperty("spring-cloud-gateway.program"),
            Integer.toString(providerPort));
    running.push(proxy::close);
    var port = Integer.parseInt(proxy.read());
    return new Contender("Spring Cloud Gateway", proxy.handle(), port, gateway.token());
  }

  /** No gateway at all: the most that clients and provider can do. */
  Contender noGateway() {
    return new Contender("no gateway", provider.handle(), providerPort, token(USER, Role.USER));
  }

  @Override
  public void close() {
    while (!running.isEmpty()) {
      running.pop().run();
    }
  }

  private GatewayProcess run(Map<String, String> settings) {
    var variables = new HashMap<>(settings);
    variables.put("GATEWAY_PORT", "0");
    variables.put("JWT_SECRET", Given.JWT_SECRET);
    variables.put("MINIMAX_BASE_URL", "http://127.0.0.1:" + providerPort);
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    var gateway = GatewayProcess.run(folder, variables);
    running.push(gateway::close);
    return gateway;
  }

  private JavaProcess start(
      List<String> flags, String classPath, Class<?> program, String... arguments)
      throws IOException {
    var process = JavaProcess.start(flags, classPath, program, arguments);
    running.push(process::close);
    return process;
  }

  private static Contender contender(String name, GatewayProcess gateway) {
    var port = gateway.awaitServing().gateway().getPort();
    return new Contender(name, gateway.handle(), port, token(USER, Role.USER));
  }

  private static String token(String user, Role role) {
    return Given.token(Given.JWT_SECRET, user, role, Map.of(), Duration.ofHours(12));
  }

  /** Returns what the launcher sets for every JVM of a gateway. */
  private static List<String> flags(Contender gateway) {
    return List.of(gateway.process().info().arguments().orElseThrow()).stream()
        .takeWhile(argument -> !argument.startsWith("-Dsample-gateway.home="))
        .toList();
  }

  private static String bareClassPath() throws IOException {
    try (var jars = Files.list(GatewayProcess.FOLDER.resolve("lib"))) {
      var bare = jars.map(Path::toString).filter(LineUp::isBare).toList();
      return String.join(File.pathSeparator, bare) + File.pathSeparator + testClasses();
    }
  }

  private static boolean isBare(String jar) {
    return MORE_THAN_BARE.stream().noneMatch(name -> jar.contains(File.separator + name));
  }

  private static String testClasses() {
    return BareProxy.class.getProtectionDomain().getCodeSource().getLocation().getPath();
  }
}
