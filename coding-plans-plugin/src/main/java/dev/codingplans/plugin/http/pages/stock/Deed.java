package dev.codingplans.plugin.http.pages.stock;

import static dev.codingplans.plugin.credential.CredentialStatus.AVAILABLE;
import static dev.codingplans.plugin.credential.CredentialStatus.REVOCATION_FAILED;
import static dev.codingplans.plugin.credential.CredentialStatus.REVOCATION_PENDING;
import static dev.codingplans.plugin.credential.CredentialStatus.UNVERIFIED;

import dev.codingplans.plugin.credential.CredentialStatus;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What an operator can do about a credential. */
enum Deed {
  APPROVE(Place.CREDENTIALS),
  WITHDRAW(Place.CREDENTIALS),
  COMPLETE(Place.REVOCATIONS),
  FAIL(Place.REVOCATIONS),
  REQUEUE(Place.REVOCATIONS);

  private final Place place;

  Deed(Place place) {
    this.place = place;
  }

  static Optional<Deed> find(Place place, String code) {
    return Stream.of(values())
        .filter(deed -> deed.place == place && deed.code().equals(code))
        .findFirst();
  }

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns where it is asked for, and done. */
  String path(UUID credential) {
    return place.path() + "/" + credential + "/" + code();
  }

  /** Returns the key of a text about it. */
  String key(String what) {
    return "stock." + code() + "." + what;
  }

  /** Tells whether it can be done to a credential of the status. */
  boolean isFor(String status) {
    return CredentialStatus.parse(status).filter(this::isFor).isPresent();
  }

  private boolean isFor(CredentialStatus status) {
    return switch (this) {
      case APPROVE -> status == UNVERIFIED;
      case WITHDRAW -> status == UNVERIFIED || status == AVAILABLE;
      case COMPLETE -> status == REVOCATION_PENDING || status == REVOCATION_FAILED;
      case FAIL -> status == REVOCATION_PENDING;
      case REQUEUE -> status == REVOCATION_FAILED;
    };
  }

  /** Tells whether there is no way back. */
  boolean isFinal() {
    return this == WITHDRAW || this == COMPLETE;
  }

  boolean wantsReason() {
    return this == FAIL;
  }

  /** The list in which it is offered. */
  enum Place {
    CREDENTIALS,
    REVOCATIONS;

    String path() {
      return ConsoleController.PATH + "/" + name().toLowerCase(Locale.ROOT);
    }
  }
}
