package dev.codingplans.plugin.vault;

import dev.codingplans.gateway.spi.InvalidSettingsException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the keyset of a database that has none yet, in a file that only its owner reads (I6). */
@Singleton
public class FreshKeyset {

  private static final Logger LOG = LoggerFactory.getLogger(FreshKeyset.class);

  private final VaultCanaryRepository canary;

  FreshKeyset(VaultCanaryRepository canary) {
    this.canary = canary;
  }

  /**
   * Writes a fresh keyset to a file that does not exist yet.
   *
   * @throws InvalidSettingsException if the database was encrypted before, under a keyset that is
   *     now missing
   */
  public Keyset create(Path file) {
    if (canary.isPresent()) {
      throw new InvalidSettingsException(
          List.of(
              "CODING_PLANS_KEYSET: the file "
                  + file
                  + " does not exist, but this database was encrypted under a keyset; bring it"
                  + " back."));
    }
    var keyset = Keyset.generate();
    write(keyset, file.toAbsolutePath());
    LOG.warn("A fresh keyset was created in {}. Back it up: without it all keys are lost.", file);
    return keyset;
  }

  private static void write(Keyset keyset, Path file) {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try {
      Files.createDirectories(file.getParent());
      try (var out =
          FileChannel.open(
              file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
        var text = StandardCharsets.UTF_8.encode(keyset.toJson());
        while (text.hasRemaining()) {
          out.write(text);
        }
        // On the disk before anything is encrypted under it.
        out.force(true);
      }
    } catch (IOException e) {
      LOG.error("The keyset could not be written.", e);
      throw new InvalidSettingsException(
          List.of("CODING_PLANS_KEYSET: the file " + file + " cannot be created."));
    }
  }
}
