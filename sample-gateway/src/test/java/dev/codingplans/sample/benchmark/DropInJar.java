package dev.codingplans.sample.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** How large the drop-in jar is, and what makes it so. */
final class DropInJar {

  private static final int LARGEST = 10;

  private DropInJar() {}

  static String table(Path plugins) throws IOException {
    try (var jars = Files.newDirectoryStream(plugins, "*-dropin.jar")) {
      return describe(jars.iterator().next());
    }
  }

  private static String describe(Path jar) throws IOException {
    var table = new Table("The drop-in jar, bytes as compressed", "", "bytes", "share");
    var size = Files.size(jar);
    row(table, "the jar", size, size);
    try (var zip = new ZipFile(jar.toFile())) {
      zip.stream()
          .collect(
              Collectors.groupingBy(
                  DropInJar::owner, Collectors.summingLong(ZipEntry::getCompressedSize)))
          .entrySet()
          .stream()
          .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
          .limit(LARGEST)
          .forEach(part -> row(table, "`" + part.getKey() + "`", part.getValue(), size));
    }
    return table.text();
  }

  private static void row(Table table, String name, long bytes, long all) {
    table.row(name, "%,d".formatted(bytes), "%.1f %%".formatted(100.0 * bytes / all));
  }

  /** The first two folders, which is as far as most names of packages tell the owner. */
  private static String owner(ZipEntry entry) {
    var folders = entry.getName().split("/");
    return folders.length < 3 ? folders[0] : folders[0] + "." + folders[1];
  }
}
