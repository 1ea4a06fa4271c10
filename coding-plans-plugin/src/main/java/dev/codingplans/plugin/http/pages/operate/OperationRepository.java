package dev.codingplans.plugin.http.pages.operate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;

/** Reads how the plugin's work goes, in one statement. */
@Singleton
class OperationRepository {

  private final JdbcOperations jdbc;
  private final ObjectMapper json;

  OperationRepository(JdbcOperations jdbc, ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  @Connectable
  public Operation read() {
    return jdbc.prepareStatement(
        OperationQuery.SQL,
        statement -> {
          var row = statement.executeQuery();
          row.next();
          return parse(row.getString(1));
        });
  }

  private Operation parse(String text) {
    try {
      return json.readValue(text, Operation.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the query and its record do not fit", e);
    }
  }
}
