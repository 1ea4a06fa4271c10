package dev.codingplans.plugin.http;

import dev.codingplans.plugin.refusal.Refusal;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor where the next page starts; absent on the last
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

  /** Returns a list that fits on one page. */
  public static <T> Page<T> whole(List<T> items) {
    return new Page<>(items, null);
  }

  /**
   * Returns a page of rows that are listed from the highest position down.
   *
   * @param rows one row more than the limit, if there are so many
   */
  public static <R, T> Page<T> of(
      List<R> rows, int limit, ToLongFunction<R> position, Function<R, T> item) {
    var shown = rows.subList(0, Math.min(limit, rows.size()));
    return new Page<>(
        shown.stream().map(item).toList(),
        rows.size() > limit ? cursor(position.applyAsLong(shown.getLast())) : null);
  }

  /** Returns the position before which the page of a cursor starts. */
  public static long positionBefore(@Nullable String cursor) {
    if (cursor == null) {
      return Long.MAX_VALUE;
    }
    try {
      var bytes = Base64.getUrlDecoder().decode(cursor);
      if (bytes.length == Long.BYTES) {
        return ByteBuffer.wrap(bytes).getLong();
      }
    } catch (IllegalArgumentException e) {
      // Falls through: it is none of our cursors.
    }
    throw Refusal.invalid("cursor", "it is not one that a list gave");
  }

  private static String cursor(long position) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(ByteBuffer.allocate(Long.BYTES).putLong(position).array());
  }
}
