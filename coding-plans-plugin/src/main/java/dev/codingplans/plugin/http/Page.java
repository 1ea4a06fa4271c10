package dev.codingplans.plugin.http;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list. {@link CursorSeals} seals its cursor on the way out and has checked the one
 * that came in, so that a list has only to say what its positions are.
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
        rows.size() > limit ? Long.toString(position.applyAsLong(shown.getLast())) : null);
  }

  /** Returns the position before which the page of a cursor starts. */
  public static long positionBefore(@Nullable String cursor) {
    try {
      return keyOf(cursor).map(Long::parseLong).orElse(Long.MAX_VALUE);
    } catch (NumberFormatException e) {
      throw Cursors.unknown();
    }
  }

  /** Returns the key of the row after which the page of a cursor starts; of none on the first. */
  public static Optional<String> keyOf(@Nullable String cursor) {
    return Optional.ofNullable(cursor).map(Cursors::keyIn);
  }

  Page<T> continuedAt(String cursor) {
    return new Page<>(items, cursor);
  }
}
