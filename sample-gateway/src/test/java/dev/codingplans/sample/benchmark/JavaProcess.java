package dev.codingplans.sample.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of the benchmark in a JVM of its own. It is spoken to in lines, and ends when its input
 * does, so that none outlives the benchmark.
 */
final class JavaProcess implements AutoCloseable {

  private static final String JAVA = System.getProperty("java.home") + "/bin/java";
  private static final long PATIENCE_SECONDS = 30;

  private final Process process;
  private final BufferedReader answers;

  private JavaProcess(Process process) {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  static JavaProcess start(Class<?> program) throws IOException {
    return start(List.of(), System.getProperty("java.class.path"), program);
  }

  static JavaProcess start(
      List<String> flags, String classPath, Class<?> program, String... arguments)
      throws IOException {
    return start(flags, classPath, program.getName(), arguments);
  }

  /** Starts a program by its name, or by the file of its source. */
  static JavaProcess start(
      List<String> flags, String classPath, String program, String... arguments)
      throws IOException {
    var command = new ArrayList<>(List.of(JAVA));
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath, program));
    command.addAll(List.of(arguments));
    return new JavaProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Writes a line to whoever started this process. */
  static void answer(String line) {
    System.out.println(line);
  }

  /** Returns when whoever started this process ends it or has died. */
  static void awaitEndOfInput() throws IOException {
    System.in.transferTo(OutputStream.nullOutputStream());
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  String ask(String line) throws IOException {
    var questions = process.outputWriter(StandardCharsets.UTF_8);
    questions.write(line);
    questions.newLine();
    questions.flush();
    return read();
  }

  String read() throws IOException {
    var line = answers.readLine();
    if (line == null) {
      throw new IOException("the process " + process.info().commandLine() + " has ended");
    }
    return line;
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
