package dev.codingplans.sample.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A recording of where a JVM spends its CPU time, made from outside while it serves. */
final class FlightRecording {

  /** The first JDK that samples by CPU time instead of by the clock; on Linux only. */
  private static final int FIRST_JDK = 25;

  private static final long PATIENCE_SECONDS = 30;
  private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");

  private final ProcessHandle process;

  private FlightRecording(ProcessHandle process) {
    this.process = process;
  }

  static boolean isPossible() {
    return Runtime.version().feature() >= FIRST_JDK
        && System.getProperty("os.name").equals("Linux")
        && JCMD.toFile().canExecute();
  }

  static FlightRecording start(ProcessHandle process) throws IOException {
    var recording = new FlightRecording(process);
    // Reactive stacks are deep.
    recording.command("JFR.configure", "stackdepth=256");
    recording.command(
        "JFR.start",
        "name=cost",
        "settings=none",
        "+jdk.CPUTimeSample#enabled=true",
        "+jdk.CPUTimeSample#throttle=2ms");
    return recording;
  }

  void stop(Path file) throws IOException {
    command("JFR.stop", "name=cost", "filename=" + file.toAbsolutePath());
  }

  private void command(String... words) throws IOException {
    var command = new ArrayList<>(List.of(JCMD.toString(), Long.toString(process.pid())));
    command.addAll(List.of(words));
    var jcmd =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      if (!jcmd.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || jcmd.exitValue() != 0) {
        throw new IOException("failed: " + command);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
