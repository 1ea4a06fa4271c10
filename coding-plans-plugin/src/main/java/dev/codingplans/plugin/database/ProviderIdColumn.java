package dev.codingplans.plugin.database;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import jakarta.inject.Singleton;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A column or parameter that holds a {@link ProviderId} as its text. */
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
  final class Converter extends IdConverter<ProviderId> {

    Converter() {
      super(ProviderId::value, ProviderId::new);
    }
  }
}
