package dev.codingplans.plugin.database;

import dev.codingplans.gateway.spi.catalog.PlanId;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import jakarta.inject.Singleton;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A column or parameter that holds a {@link PlanId} as its text. */
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
  final class Converter extends IdConverter<PlanId> {

    Converter() {
      super(PlanId::value, PlanId::new);
    }
  }
}
