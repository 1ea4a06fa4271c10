package dev.codingplans.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The demo with the drop-in jar")
class DemoIT {

  /** What is in the last command. */
  private static final String LAST = "/api/keys";

  private static final String DONE = "; echo\n";

  @TempDir private Path folder;

  @Test
  @DisplayName(
      "prints commands that buy a plan, chat and make an API key when pasted, also after a restart")
  void printedCommandsWork() throws Exception {
    String first;
    try (var demo = demo()) {
      first = paste(commandsOf(demo));
      assertThat(first)
          .contains("\"status\":\"active\"", "on your Token Plan Plus.", "\"secret\":\"cpk_");
      assertThat(demo.output()).doesNotContain("ERROR");
    }
    try (var demo = demo()) {
      assertThat(paste(commandsOf(demo)))
          .as("the same subscription, and nothing is given twice")
          .contains(first.substring(0, first.indexOf("\"planId\"")))
          .contains("on your Token Plan Plus.");
    }
  }

  private GatewayProcess demo() {
    return GatewayProcess.run(folder, Map.of("GATEWAY_PORT", "0"), "--demo");
  }

  private static String commandsOf(GatewayProcess demo) {
    demo.awaitServing();
    await().atMost(Duration.ofSeconds(30)).until(() -> demo.output().contains(LAST));
    await().until(() -> demo.output().substring(demo.output().indexOf(LAST)).contains(DONE));
    var output = demo.output();
    return output.substring(output.indexOf("TOKEN="), output.lastIndexOf(DONE) + DONE.length());
  }

  private static String paste(String commands) throws IOException, InterruptedException {
    var shell = new ProcessBuilder("sh", "-c", commands).redirectErrorStream(true).start();
    var output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(output).isZero();
    return output;
  }
}
