package dev.codingplans.plugin.database;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/** Stores a {@link ProviderId} as its text. */
@Retention(RetentionPolicy.RUNTIME)
@Target({
  ElementType.PARAMETER,
  ElementType.FIELD,
  ElementType.RECORD_COMPONENT,
  ElementType.METHOD
})
@TypeDef(type = DataType.STRING, converter = ProviderIdColumn.Converter.class)
public @interface ProviderIdColumn {

  /** Converts to the text and back. */
  @Singleton
  final class Converter implements AttributeConverter<@Nullable ProviderId, @Nullable String> {

    @Override
    public @Nullable String convertToPersistedValue(
        @Nullable ProviderId id, ConversionContext context) {
      return id == null ? null : id.value();
    }

    @Override
    public @Nullable ProviderId convertToEntityValue(
        @Nullable String text, ConversionContext context) {
      return text == null ? null : new ProviderId(text);
    }
  }
}
