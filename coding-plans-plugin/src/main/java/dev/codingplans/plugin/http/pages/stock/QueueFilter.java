package dev.codingplans.plugin.http.pages.stock;

import dev.codingplans.plugin.credential.CredentialStatus;
import dev.codingplans.plugin.refusal.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which part of the revocation queue is shown; without a status, what is open. */
record QueueFilter(Optional<CredentialStatus> status) {

  private static final List<CredentialStatus> STATUSES =
      List.of(
          CredentialStatus.REVOCATION_PENDING,
          CredentialStatus.REVOCATION_FAILED,
          CredentialStatus.REVOKED);

  static QueueFilter parse(@Nullable String code) {
    return new QueueFilter(
        Optional.ofNullable(code).filter(text -> !text.isEmpty()).map(QueueFilter::status));
  }

  /** Returns all that can be chosen, what is open first. */
  static List<QueueFilter> choices() {
    return Stream.concat(
            Stream.of(new QueueFilter(Optional.empty())),
            STATUSES.stream().map(status -> new QueueFilter(Optional.of(status))))
        .toList();
  }

  /** Returns the query of its page; empty or with its question mark. */
  String query() {
    return status.map(one -> "?status=" + one.code()).orElse("");
  }

  String path() {
    return ConsoleController.PATH + query();
  }

  /** Returns the address of the next page. */
  String pathAfter(String cursor) {
    return path() + (status.isEmpty() ? "?" : "&") + "cursor=" + cursor;
  }

  /** Returns the key of its name. */
  String key() {
    return "stock.queue." + status.map(CredentialStatus::code).orElse("open");
  }

  private static CredentialStatus status(String code) {
    return CredentialStatus.parse(code)
        .filter(STATUSES::contains)
        .orElseThrow(() -> Refusal.invalid("status", "it is none that a revocation can have"));
  }
}
