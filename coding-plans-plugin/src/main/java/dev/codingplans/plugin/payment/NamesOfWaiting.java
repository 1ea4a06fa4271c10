package dev.codingplans.plugin.payment;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.credit.AccountRenameListener;
import jakarta.inject.Singleton;

/** Forgets who was to get what waits: a new account of the same user is none of its business. */
@Singleton
class NamesOfWaiting implements AccountRenameListener {

  private final PaymentRepository repository;

  NamesOfWaiting(PaymentRepository repository) {
    this.repository = repository;
  }

  @Override
  public void onRenamed(UserId user, UserId to) {
    repository.renameWaiting(user, to);
  }
}
