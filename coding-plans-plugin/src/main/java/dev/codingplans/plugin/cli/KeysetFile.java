package dev.codingplans.plugin.cli;

import dev.codingplans.plugin.cli.Failure.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * A keyset in a file. It is replaced as a whole: whoever reads it meanwhile, and whatever crashes,
 * finds the old one or the new one. What is thrown does not name the file: somebody may have typed
 * the keyset itself in its place.
 */
final class KeysetFile {

  private static final int MAX_BYTES = 1024 * 1024;

  private final Path file;
  private final Folder folder;

  KeysetFile(Path file, Folder folder) {
    this.file = file;
    this.folder = folder;
  }

  static KeysetFile open(Path file) {
    try {
      // What a link points to is replaced, and not the link.
      return new KeysetFile(file.toRealPath(), KeysetFile::force);
    } catch (IOException e) {
      throw new Failure(Kind.MISUSE, "The keyset's FILE cannot be found.");
    }
  }

  String read() {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new Failure(Kind.MISUSE, "The keyset's FILE cannot be read.");
    }
  }

  void replace(String text) {
    var fresh = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
    try {
      move(text, fresh);
    } catch (IOException e) {
      throw new Failure(
          Kind.REFUSED,
          "The keyset's FILE cannot be replaced by one with the same owner, group and permissions;"
              + " it is as it was.");
    }
    try {
      folder.force(file.resolveSibling(""));
    } catch (IOException e) {
      throw new Failure(
          Kind.REFUSED,
          "The keyset's FILE is changed, but may be as it was after a crash of this machine. Do not"
              + " give it to a node before it is on the disk, for example after `sync`.");
    }
  }

  private void move(String text, Path fresh) throws IOException {
    try {
      write(fresh, text + "\n");
      giveAccess(fresh);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(fresh);
      throw e;
    }
  }

  /** Lets in whom the old one lets in, for example a gateway's own user, and nobody else. */
  private void giveAccess(Path fresh) throws IOException {
    var old = Files.readAttributes(file, PosixFileAttributes.class);
    var access = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
    access.setOwner(old.owner());
    access.setGroup(old.group());
    // Last: until then only its owner reads it.
    access.setPermissions(old.permissions());
  }

  private static void write(Path fresh, String text) throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var out =
        FileChannel.open(
            fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
      var bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
  }

  /** So that the new name is on the disk, too, before anything is encrypted under its keys. */
  private static void force(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** What makes the names in a folder last. */
  @FunctionalInterface
  interface Folder {
    void force(Path folder) throws IOException;
  }
}
