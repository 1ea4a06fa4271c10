package dev.codingplans.plugin.byok;

import static dev.codingplans.plugin.refusal.Refusal.Code.BYOK_KEY_PRESENT;
import static dev.codingplans.plugin.refusal.Refusal.Code.MANAGED_KEY_READ_ONLY;
import static dev.codingplans.plugin.refusal.Refusal.Code.NOT_FOUND;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.credit.Accounts;
import dev.codingplans.plugin.event.EntitlementChanged;
import dev.codingplans.plugin.refusal.Refusal;
import dev.codingplans.plugin.time.TimeSource;
import dev.codingplans.plugin.vault.Place;
import dev.codingplans.plugin.vault.Vault;
import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** A user's keys, one per provider. What comes with a plan is read-only for the user (B1). */
@Singleton
public class ByokKeys {

  /** What fits into a header, and is long enough that its end tells nothing of the rest. */
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{8,512}");

  private static final int SHOWN = 4;

  private final Catalog catalog;
  private final ByokRepository repository;
  private final Accounts accounts;
  private final Vault vault;
  private final TimeSource time;
  private final ApplicationEventPublisher<EntitlementChanged> changes;

  ByokKeys(
      Catalog catalog,
      ByokRepository repository,
      Accounts accounts,
      Vault vault,
      TimeSource time,
      ApplicationEventPublisher<EntitlementChanged> changes) {
    this.catalog = catalog;
    this.repository = repository;
    this.accounts = accounts;
    this.vault = vault;
    this.time = time;
    this.changes = changes;
  }

  public List<ByokKey> list(UserId user) {
    return repository.list(user);
  }

  /** Tells whether the user has any key of the provider, own or managed, enabled or not. */
  public boolean isPresent(UserId user, ProviderId provider) {
    return repository.find(user, provider).isPresent();
  }

  /** Adds the user's own key, or replaces it. */
  @Transactional
  public ByokKey put(UserId user, ProviderId provider, Secret key, boolean enabled) {
    requireKnown(provider);
    var text = key.reveal();
    if (!KEY.matcher(text).matches()) {
      throw Refusal.invalid("apiKey", "it must be 8 to 512 visible ASCII characters");
    }
    accounts.lock(user);
    var before = repository.find(user, provider);
    before.ifPresent(ByokKeys::requireOwn);
    var id = before.map(ByokKey::id).orElseGet(UUID::randomUUID);
    var ciphertext = vault.encrypt(key, Place.ofOwnKey(id, user));
    var lastFour = text.substring(text.length() - SHOWN);
    requireOne(repository.putOwn(id, user, provider, enabled, ciphertext, lastFour, time.now()));
    return changed(user, provider);
  }

  /** Switches the user's own key on or off. */
  @Transactional
  public ByokKey toggle(UserId user, ProviderId provider, boolean enabled) {
    accounts.lock(user);
    var key = getOwn(user, provider);
    requireOne(repository.setEnabled(key.id(), enabled, time.now()));
    return changed(user, provider);
  }

  /** Deletes the user's own key. */
  @Transactional
  public void delete(UserId user, ProviderId provider) {
    accounts.lock(user);
    requireOne(repository.deleteOwn(getOwn(user, provider).id()));
    changes.publishEvent(new EntitlementChanged(user));
  }

  /** Deletes all keys of the user, own or not; the account is locked. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void deleteAllOf(UserId user) {
    repository.deleteAll(user);
    changes.publishEvent(new EntitlementChanged(user));
  }

  /** Installs the key that comes with a subscription, in the transaction that makes it. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void installManaged(UserId user, ProviderId provider, UUID subscription, Instant now) {
    if (repository.installManaged(UUID.randomUUID(), user, provider, subscription, now) == 0) {
      throw keyPresent();
    }
  }

  /** Returns what refuses a purchase while there is a key of the provider (B3). */
  public static Refusal keyPresent() {
    return new Refusal(
        BYOK_KEY_PRESENT,
        "You have a key of this provider. Delete your existing key first, then buy the plan.");
  }

  private ByokKey changed(UserId user, ProviderId provider) {
    changes.publishEvent(new EntitlementChanged(user));
    return repository.find(user, provider).orElseThrow();
  }

  private ByokKey getOwn(UserId user, ProviderId provider) {
    requireKnown(provider);
    var key =
        repository
            .find(user, provider)
            .orElseThrow(() -> new Refusal(NOT_FOUND, "You have no key of this provider."));
    requireOwn(key);
    return key;
  }

  private void requireKnown(ProviderId provider) {
    if (catalog.findProvider(provider).isEmpty()) {
      throw new Refusal(NOT_FOUND, "There is no provider " + provider + ".");
    }
  }

  private static void requireOwn(ByokKey key) {
    if (key.isManaged()) {
      throw new Refusal(
          MANAGED_KEY_READ_ONLY,
          "This key comes with your plan and cannot be changed. Cancel the plan to use a key of"
              + " your own after it ends.");
    }
  }

  /** The account lock makes anything else impossible, unless somebody writes by hand meanwhile. */
  private static void requireOne(int rows) {
    if (rows != 1) {
      throw new IllegalStateException("a key changed although its account is locked");
    }
  }
}
