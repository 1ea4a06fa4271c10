package dev.codingplans.sample;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A gateway that {@code bin/gateway} of the built folder runs, as an operator would. */
public final class GatewayProcess implements AutoCloseable {

  /** The built folder, as an operator installs it. */
  public static final Path FOLDER = Path.of(System.getProperty("gateway.folder"));

  private static final Pattern SERVES =
      Pattern.compile("The gateway serves at (http://\\S+)\\.\\s");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path output;

  private GatewayProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  public static GatewayProcess run(
      Path workingFolder, Map<String, String> variables, String... arguments) {
    var command = new ArrayList<>(List.of(FOLDER.resolve("bin/gateway").toString()));
    command.addAll(List.of(arguments));
    try {
      var output = Files.createTempFile(workingFolder, "gateway", ".log");
      var builder =
          new ProcessBuilder(command)
              .directory(workingFolder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().putAll(variables);
      return new GatewayProcess(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Client awaitServing() {
    await().atMost(PATIENCE).until(() -> SERVES.matcher(output()).find() || !process.isAlive());
    var address = SERVES.matcher(output());
    if (!address.find()) {
      throw new AssertionError("the gateway does not start:\n" + output());
    }
    return new Client(URI.create(address.group(1)));
  }

  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the process as the system sees it: the launcher has become the JVM. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  long pid() {
    return process.pid();
  }

  int awaitExit() {
    return awaitExit(PATIENCE);
  }

  int awaitExit(Duration patience) {
    await().atMost(patience).until(() -> !process.isAlive());
    return process.exitValue();
  }

  /** Ends it as {@code kill} does. */
  void terminate() {
    process.destroy();
  }

  /** Ends it as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    terminate();
    awaitExit();
  }
}
