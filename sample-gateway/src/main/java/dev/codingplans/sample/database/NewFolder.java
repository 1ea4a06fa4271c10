package dev.codingplans.sample.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for new data beside the one where it is to be: a gateway that is killed while the data
 * is made leaves nothing that looks whole. Whoever calls holds the lock.
 */
record NewFolder(Path path) {

  private static final Logger LOG = LoggerFactory.getLogger(NewFolder.class);
  private static final String PREFIX = "postgres.new-";

  /** Makes one, and removes those of gateways that were killed. */
  static NewFolder beside(Path folder) throws IOException {
    var parent = folder.toAbsolutePath().getParent();
    try (var leftOvers = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (var leftOver : leftOvers) {
        LeftOverServer.stop(leftOver);
        remove(leftOver);
      }
    }
    return new NewFolder(Files.createTempDirectory(parent, PREFIX));
  }

  /** Puts it where it is to be, at once. */
  void moveTo(Path folder) throws IOException {
    Files.move(path, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void remove(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      // The program that fills it may outlive its gateway by a second. The next start tries again.
      LOG.warn("The unfinished data in {} cannot be removed: {}", folder, e.toString());
    }
  }
}
