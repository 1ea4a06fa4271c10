package dev.codingplans.plugin.cli;

import dev.codingplans.plugin.cli.Failure.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the lines of an upload. A blank line counts, so that lines keep the numbers that they have
 * in the file; only those after the last entry are none. What it throws holds nothing of a line,
 * and not the name either: it may be a key that somebody took for an argument.
 */
final class EntriesFile {

  static final String STANDARD_INPUT = "-";

  private static final int MAX_LINES = 1_000;
  private static final int MAX_LINE_LENGTH = 10_000;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private EntriesFile() {}

  static List<String> read(String name, InputStream standardInput) {
    try {
      if (name.equals(STANDARD_INPUT)) {
        return lines(standardInput);
      }
      try (var in = Files.newInputStream(Path.of(name))) {
        return lines(in);
      }
    } catch (CharacterCodingException e) {
      throw new Failure(Kind.MISUSE, "The file is no text in UTF-8.");
    } catch (IOException | InvalidPathException e) {
      throw new Failure(Kind.MISUSE, "The file cannot be read.");
    }
  }

  private static List<String> lines(InputStream in) throws IOException {
    // A decoder of its own reports what is no UTF-8, where a charset would replace it.
    var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
    var lines = new ArrayList<String>();
    var entries = 0;
    for (var line = reader.readLine(); line != null; line = reader.readLine()) {
      lines.add(lines.isEmpty() && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line);
      if (!lines.getLast().isBlank()) {
        entries = lines.size();
      }
      refuseTooMuch(entries, lines.size(), line.length());
    }
    if (entries == 0) {
      throw new Failure(Kind.MISUSE, "There is no entry to upload.");
    }
    return List.copyOf(lines.subList(0, entries));
  }

  private static void refuseTooMuch(int entries, int lines, int length) {
    if (entries > MAX_LINES || lines > 2 * MAX_LINES) {
      throw new Failure(
          Kind.MISUSE, "An upload takes up to " + MAX_LINES + " lines: split the file.");
    }
    if (length > MAX_LINE_LENGTH) {
      throw new Failure(Kind.MISUSE, "Line " + lines + " is too long to be an entry.");
    }
  }
}
