package dev.codingplans.sample.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BatchedConsoleTest {

  private final LoggerContext context = new LoggerContext();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final BatchedConsole console = new BatchedConsole();

  @BeforeEach
  void start() {
    context.setMDCAdapter(new LogbackMDCAdapter());
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%msg%n");
    encoder.start();
    console.setContext(context);
    console.setEncoder(encoder);
    console.start();
    console.setOutputStream(written);
    context.getLogger("test").addAppender(console);
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  @DisplayName("a line is written soon, also if no other follows")
  void writesSoon() {
    log("alone");

    await().untilAsserted(() -> assertThat(written.toString(UTF_8)).isEqualTo("alone\n"));
  }

  @Test
  @DisplayName("a stop loses no line, and keeps their order")
  void losesNothing() {
    var expected = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      log("line " + i);
      expected.append("line ").append(i).append('\n');
    }
    console.stop();

    assertThat(written.toString(UTF_8)).isEqualTo(expected.toString());
  }

  private void log(String message) {
    context.getLogger("test").info(message);
  }
}
