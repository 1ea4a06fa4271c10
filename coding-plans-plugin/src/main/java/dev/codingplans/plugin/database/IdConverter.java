package dev.codingplans.plugin.database;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stores an id as its text. */
abstract class IdConverter<T> implements AttributeConverter<@Nullable T, @Nullable String> {

  private final Function<T, String> toText;
  private final Function<String, T> toId;

  IdConverter(Function<T, String> toText, Function<String, T> toId) {
    this.toText = toText;
    this.toId = toId;
  }

  @Override
  public @Nullable String convertToPersistedValue(@Nullable T id, ConversionContext context) {
    return id == null ? null : toText.apply(id);
  }

  @Override
  public @Nullable T convertToEntityValue(@Nullable String text, ConversionContext context) {
    return text == null ? null : toId.apply(text);
  }
}
