package dev.codingplans.sample.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A process that puts one load after another on gateways: orders come in, results go out. */
final class LoadGenerator implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JavaProcess process;

  private LoadGenerator(JavaProcess process) {
    this.process = process;
  }

  static LoadGenerator start() throws IOException {
    return new LoadGenerator(JavaProcess.start(LoadGenerator.class));
  }

  public static void main(String[] arguments) throws IOException {
    var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var order = orders.readLine(); order != null; order = orders.readLine()) {
      var result = ClosedLoop.run(JSON.readValue(order, Load.class));
      JavaProcess.answer(JSON.writeValueAsString(result));
    }
  }

  /** Returns what came of a load on the contender, of which no part may have failed. */
  Load.Result put(Contender contender, int connections, Duration duration) throws IOException {
    var load = new Load(contender.port(), connections, duration.toMillis(), contender.token());
    var result = JSON.readValue(process.ask(JSON.writeValueAsString(load)), Load.Result.class);
    if (result.failed() > 0 || result.answered() == 0) {
      throw new IllegalStateException("the load on " + contender.name() + " failed: " + result);
    }
    return result;
  }

  @Override
  public void close() {
    process.close();
  }
}
