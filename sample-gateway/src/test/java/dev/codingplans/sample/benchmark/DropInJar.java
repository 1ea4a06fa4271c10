package dev.codingplans.sample.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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
    var rest = size;
    for (var part : largestParts(jar)) {
      row(table, "`" + part.getKey() + "`", part.getValue(), size);
      rest -= part.getValue();
    }
    row(table, "others, and the jar's directory", rest, size);
    return table.text();
  }

  private static List<Map.Entry<String, Long>> largestParts(Path jar) throws IOException {
    try (var zip = new ZipFile(jar.toFile())) {
      return zip.stream()
          .collect(
              Collectors.groupingBy(
                  DropInJar::owner, Collectors.summingLong(ZipEntry::getCompressedSize)))
          .entrySet()
          .stream()
          .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
          .limit(LARGEST)
          .toList();
    }
  }

  private static void row(Table table, String name, long bytes, long all) {
    table.row(name, "%,d".formatted(bytes), "%.1f %%".formatted(100.0 * bytes / all));
  }

  /** The first two folders, which is where most names of packages tell the owner. */
  private static String owner(ZipEntry entry) {
    var folders = entry.getName().split("/");
    var named = folders[0].equals("com") ? 3 : 2;
    return Arrays.stream(folders)
        .limit(Math.min(named, folders.length - 1))
        .collect(Collectors.joining("."));
  }
}
