package dev.codingplans.plugin.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import dev.codingplans.gateway.spi.entitlement.Secret;
import io.micronaut.context.annotation.Bean;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Reads key text from a body straight into a {@link Secret}. */
@Singleton
@Bean(typed = com.fasterxml.jackson.databind.JsonDeserializer.class)
class SecretReader extends StdDeserializer<Secret> {

  SecretReader() {
    super(Secret.class);
  }

  @Override
  public Secret deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING) || parser.getTextLength() == 0) {
      return (Secret) context.handleUnexpectedToken(Secret.class, parser);
    }
    return Secret.of(parser.getText());
  }
}
