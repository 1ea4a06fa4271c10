package dev.codingplans.plugin.database;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Rows as columns, an array each, for {@code unnest}: one statement and one round trip, however
 * many rows. Micronaut Data has no arrays of ids or instants.
 */
public final class Columns<R> {

  private final List<R> rows;
  private final List<Column> columns = new ArrayList<>();

  private Columns(List<R> rows) {
    this.rows = rows;
  }

  public static <R> Columns<R> of(List<R> rows) {
    return new Columns<>(rows);
  }

  public Columns<R> uuid(Function<R, UUID> value) {
    return add("uuid", value);
  }

  public Columns<R> text(Function<R, String> value) {
    return add("text", value);
  }

  public Columns<R> optionalText(Function<R, Optional<String>> value) {
    return add("text", row -> value.apply(row).orElse(null));
  }

  public Columns<R> bytes(Function<R, byte[]> value) {
    return add("bytea", row -> "\\x" + HexFormat.of().formatHex(value.apply(row)));
  }

  public Columns<R> bigint(ToLongFunction<R> value) {
    return add("bigint", value::applyAsLong);
  }

  public Columns<R> numeric(Function<R, BigDecimal> value) {
    return add("numeric", row -> value.apply(row).toPlainString());
  }

  public Columns<R> truth(Predicate<R> value) {
    return add("boolean", value::test);
  }

  public Columns<R> optionalUuid(Function<R, Optional<UUID>> value) {
    return add("uuid", row -> value.apply(row).orElse(null));
  }

  public Columns<R> timestamp(Function<R, Instant> value) {
    return add("timestamptz", row -> value.apply(row).toString());
  }

  /** Binds the columns to the parameters of the statement, from the first on. */
  public void bind(PreparedStatement statement) throws SQLException {
    bind(statement, 1);
  }

  /** Binds the columns to the parameters of the statement, from the given one on. */
  public void bind(PreparedStatement statement, int first) throws SQLException {
    for (int i = 0; i < columns.size(); i++) {
      var column = columns.get(i);
      statement.setArray(
          first + i,
          statement.getConnection().createArrayOf(column.type(), column.values().toArray()));
    }
  }

  private Columns<R> add(String type, Function<R, ? extends @Nullable Object> value) {
    columns.add(new Column(type, rows.stream().map(value).toList()));
    return this;
  }

  private record Column(String type, List<? extends @Nullable Object> values) {}
}
