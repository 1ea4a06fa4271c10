package dev.codingplans.plugin.support;

import static org.awaitility.Awaitility.await;

import dev.codingplans.plugin.support.TestPlugin.Answer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The second host: a JVM of its own that shares no class path with this one. */
public final class HostProcess implements AutoCloseable {

  public static final Path LIB = Path.of(System.getProperty("second-host.lib"));
  public static final String PACKAGE = "dev/codingplans/host";

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern LISTENING = Pattern.compile("listening on (\\S+)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final Path log;

  private HostProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts the host on a folder that holds {@code plugins}.
   *
   * @param settings its whole environment
   */
  public static HostProcess start(Path folder, Map<String, String> settings) throws IOException {
    var log = folder.resolve("host.log");
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes(folder) + File.pathSeparator + LIB.resolve("*"),
                PACKAGE.replace('/', '.') + ".BareHost",
                folder.resolve("plugins").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(settings);
    return new HostProcess(builder.start(), log);
  }

  /** The host's classes and none of the tests'. */
  private static Path classes(Path folder) throws IOException {
    var source = Path.of("target", "test-classes").resolve(PACKAGE);
    var target = Files.createDirectories(folder.resolve("classes").resolve(PACKAGE));
    try (var files = Files.list(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return folder.resolve("classes");
  }

  /** Sends a request as a user of the host's, or as nobody; headers come in pairs. */
  public Answer call(String method, String path, String login, String body, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(address().resolve(path))
            .method(method, BodyPublishers.ofString(body))
            .header("content-type", "application/json");
    if (!login.isEmpty()) {
      var basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
      request.header("authorization", "Basic " + basic);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    var response = http.send(request.build(), BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.headers().map(), response.body());
  }

  private URI address() {
    await().atMost(PATIENCE).until(() -> !process.isAlive() || LISTENING.matcher(output()).find());
    return LISTENING
        .matcher(output())
        .results()
        .map(line -> URI.create(line.group(1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the host did not start: " + output()));
  }

  /** Ends the host's standard input, which stops it, and returns its exit code. */
  public int stop() throws IOException, InterruptedException {
    process.getOutputStream().close();
    return exitCode();
  }

  public int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the host does not end: " + output());
    }
    return process.exitValue();
  }

  /** Returns what the host has logged. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what the host has logged, without the JVM's own warnings of old libraries. */
  public List<String> lines() {
    return output().lines().filter(line -> !line.startsWith("WARNING")).toList();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    http.close();
  }
}
