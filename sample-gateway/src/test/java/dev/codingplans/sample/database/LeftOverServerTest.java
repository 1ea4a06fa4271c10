package dev.codingplans.sample.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A PostgreSQL whose number is in the data")
class LeftOverServerTest {

  @TempDir private Path folder;

  @Test
  @DisplayName("is stopped if it runs on these data, and not if it is somebody else's")
  void stopsItsOwnOnly() throws Exception {
    var ours = Files.createDirectories(folder.resolve("ours"));
    var program = Files.copy(Path.of("/bin/sh"), folder.resolve("postgres"));
    var own = run(program, ours);
    var foreign = run(program, folder.resolve("theirs"));
    try {
      Files.writeString(ours.resolve("postmaster.pid"), foreign.pid() + "\n");
      LeftOverServer.stop(ours);
      assertThat(foreign.isAlive()).isTrue();

      Files.writeString(ours.resolve("postmaster.pid"), own.pid() + "\n");
      LeftOverServer.stop(ours);
      assertThat(own.waitFor(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      own.destroyForcibly();
      foreign.destroyForcibly();
    }
  }

  /** Waits for input that never comes. */
  private static Process run(Path program, Path data) throws Exception {
    return new ProcessBuilder(program.toString(), "-c", "read line", "sh", "-D", data.toString())
        .start();
  }
}
