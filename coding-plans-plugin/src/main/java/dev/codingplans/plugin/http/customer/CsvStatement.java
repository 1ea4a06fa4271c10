package dev.codingplans.plugin.http.customer;

import dev.codingplans.plugin.statement.StatementEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A statement as a file of comma-separated values after RFC 4180, made a page at a time while it is
 * read: its length is not limited, the memory for it is.
 */
final class CsvStatement extends InputStream {

  static final int PAGE = 1_000;

  private static final String HEADER =
      "createdAt,kind,amountMicrodollars,balanceAfterMicrodollars,description,"
          + "subscriptionId,allowanceId,paymentId,topUpId,usageEventId,id\r\n";

  private final LongFunction<List<StatementEntry>> pages;
  private byte[] bytes = HEADER.getBytes(StandardCharsets.UTF_8);
  private int next;
  private long position;
  private boolean ended;

  /**
   * Makes a statement; nothing is read yet.
   *
   * @param position before which it starts
   * @param pages returns up to {@link #PAGE} entries from before a position, newest first
   */
  CsvStatement(long position, LongFunction<List<StatementEntry>> pages) {
    this.position = position;
    this.pages = pages;
  }

  @Override
  public int read() throws IOException {
    return isAtEnd() ? -1 : Byte.toUnsignedInt(bytes[next++]);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (isAtEnd()) {
      return -1;
    }
    var count = Math.min(length, bytes.length - next);
    System.arraycopy(bytes, next, into, offset, count);
    next += count;
    return count;
  }

  @Override
  public void close() {
    ended = true;
    next = bytes.length;
  }

  private boolean isAtEnd() throws IOException {
    while (next == bytes.length && !ended) {
      turnPage();
    }
    return next == bytes.length;
  }

  private void turnPage() throws IOException {
    var entries = nextPage();
    ended = entries.size() < PAGE;
    if (!entries.isEmpty()) {
      position = entries.getLast().position();
    }
    bytes =
        entries.stream()
            .map(CsvStatement::line)
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.UTF_8);
    next = 0;
  }

  /** Only what streams may throw breaks the download off; after anything else it would hang. */
  private List<StatementEntry> nextPage() throws IOException {
    try {
      return pages.apply(position);
    } catch (RuntimeException e) {
      throw new IOException("a page cannot be read", e);
    }
  }

  private static String line(StatementEntry entry) {
    return Stream.<@Nullable Object>of(
                entry.createdAt(),
                entry.kind(),
                entry.amountMicrodollars(),
                entry.balanceAfterMicrodollars(),
                text(entry.description()),
                entry.subscriptionId(),
                entry.allowanceId(),
                text(entry.paymentId()),
                text(entry.topUpId()),
                text(entry.usageEventId()),
                entry.id())
            .map(cell -> cell == null ? "" : cell.toString())
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  /** What somebody wrote may begin like a formula, which a spreadsheet would compute. */
  private static @Nullable String text(@Nullable String text) {
    if (text == null) {
      return null;
    }
    var safe = text.isEmpty() || "=+-@\t\r".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
    return '"' + safe.replace("\"", "\"\"") + '"';
  }
}
