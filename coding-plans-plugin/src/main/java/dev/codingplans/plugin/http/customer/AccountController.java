package dev.codingplans.plugin.http.customer;

import dev.codingplans.gateway.spi.identity.Caller;
import dev.codingplans.plugin.account.AccountDeletion;
import dev.codingplans.plugin.http.Callers;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.RequestAttribute;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** What a user does with the account as a whole. */
@Controller("/api/account")
@ExecuteOn(TaskExecutors.BLOCKING)
class AccountController {

  private final AccountDeletion deletion;

  AccountController(AccountDeletion deletion) {
    this.deletion = deletion;
  }

  /** Deletes the account: plans end at once, keys go, and left-over credit is lost (X6). */
  @Delete
  @Status(HttpStatus.NO_CONTENT)
  void delete(@RequestAttribute(Callers.ATTRIBUTE) Caller caller) {
    deletion.deleteOwn(caller.user());
  }
}
