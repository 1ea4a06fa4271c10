package dev.codingplans.plugin.http.pages.stock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codingplans.plugin.credential.CredentialStatus;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.UUID;

/** What the console shows, as the database has it: one round trip for each page. */
@Singleton
class ConsoleReads {

  private final ConsoleRepository repository;
  private final ObjectMapper json;

  ConsoleReads(ConsoleRepository repository, ObjectMapper json) {
    this.repository = repository;
    this.json = json;
  }

  /** Reads the stock, and what is to be revoked before the position; of no status: what is open. */
  StockFacts stock(Optional<CredentialStatus> status, long before, int most) {
    return read(
        status
            .map(one -> repository.find(one.code(), before, most))
            .orElseGet(() -> repository.findOpen(before, most)),
        StockFacts.class);
  }

  Optional<CredentialFacts> findCredential(UUID id) {
    return repository.findCredential(id).map(text -> read(text, CredentialFacts.class));
  }

  Optional<UploadFacts> findUpload(UUID id) {
    return repository.findUpload(id).map(text -> read(text, UploadFacts.class));
  }

  private <T> T read(String text, Class<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
