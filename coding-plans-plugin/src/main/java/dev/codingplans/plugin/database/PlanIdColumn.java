package dev.codingplans.plugin.database;

import dev.codingplans.gateway.spi.catalog.PlanId;
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

/** Stores a {@link PlanId} as its text. */
@Retention(RetentionPolicy.RUNTIME)
@Target({
  ElementType.PARAMETER,
  ElementType.FIELD,
  ElementType.RECORD_COMPONENT,
  ElementType.METHOD
})
@TypeDef(type = DataType.STRING, converter = PlanIdColumn.Converter.class)
public @interface PlanIdColumn {

  /** Converts to the text and back. */
  @Singleton
  final class Converter implements AttributeConverter<@Nullable PlanId, @Nullable String> {

    @Override
    public @Nullable String convertToPersistedValue(
        @Nullable PlanId id, ConversionContext context) {
      return id == null ? null : id.value();
    }

    @Override
    public @Nullable PlanId convertToEntityValue(@Nullable String text, ConversionContext context) {
      return text == null ? null : new PlanId(text);
    }
  }
}
