package dev.codingplans.plugin.entitlement;

import dev.codingplans.entitlement.Coverage;
import dev.codingplans.entitlement.EntitlementFacts;
import dev.codingplans.entitlement.EntitlementLoader;
import dev.codingplans.entitlement.LoadedFacts;
import dev.codingplans.entitlement.ProviderFacts;
import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.vault.Place;
import dev.codingplans.plugin.vault.Vault;
import dev.codingplans.plugin.vault.Vault.UndecipherableException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a user's facts through one view and decrypts the keys. */
@Singleton
class SqlEntitlementLoader implements EntitlementLoader {

  private static final Logger LOG = LoggerFactory.getLogger(SqlEntitlementLoader.class);

  private final EntitlementRepository repository;
  private final EntitlementSettings settings;
  private final Vault vault;

  // One instance of each id for all users, however many have a row that names it.
  private final Map<String, ProviderId> providers;
  private final Map<String, PlanId> plans;

  SqlEntitlementLoader(
      EntitlementRepository repository, EntitlementSettings settings, Vault vault) {
    this.repository = repository;
    this.settings = settings;
    this.vault = vault;
    this.providers =
        settings.providers().stream()
            .collect(Collectors.toUnmodifiableMap(ProviderId::value, Function.identity()));
    this.plans =
        settings.coverages().keySet().stream()
            .collect(Collectors.toUnmodifiableMap(PlanId::value, Function.identity()));
  }

  @Override
  public LoadedFacts load(UserId user) {
    var rows = repository.facts(user);
    return new LoadedFacts(
        facts(rows, user, SqlEntitlementLoader::sayUnusable), rows.getFirst().version());
  }

  @Override
  public List<UserId> usersAfter(Optional<UserId> user, int most) {
    return repository.usersAfter(user.map(UserId::value).orElse(""), most).stream()
        .map(UserId::new)
        .toList();
  }

  @Override
  public Map<UserId, LoadedFacts> loadAll(Set<UserId> users) {
    var rows = repository.factsOfAll(users.stream().map(UserId::value).toList());
    var version = rows.getFirst().version();
    var byUser = rows.stream().collect(Collectors.groupingBy(row -> String.valueOf(row.userId())));
    var unusable = new AtomicInteger();
    var loaded = new HashMap<UserId, LoadedFacts>();
    for (UserId user : users) {
      var rowsOfUser = byUser.getOrDefault(user.value(), List.of());
      var facts = facts(rowsOfUser, user, (provider, failure) -> unusable.incrementAndGet());
      loaded.put(user, new LoadedFacts(facts, version));
    }
    if (unusable.get() > 0) {
      // One line for all: there may be as many as there are users.
      LOG.warn("{} of the keys that were loaded ahead are unusable.", unusable);
    }
    return loaded;
  }

  private EntitlementFacts facts(
      List<EntitlementRow> rows,
      UserId user,
      BiConsumer<ProviderId, UndecipherableException> onUnusable) {
    var facts = new ArrayList<ProviderFacts>();
    for (EntitlementRow row : rows) {
      if (row.providerId() != null) {
        facts.add(facts(row, provider(row.providerId()), user, onUnusable));
      }
    }
    return new EntitlementFacts(
        facts, rows.stream().anyMatch(row -> Boolean.TRUE.equals(row.paysFromCredits())));
  }

  /** A key that cannot be decrypted is none: it costs its user that provider, and nobody else. */
  private ProviderFacts facts(
      EntitlementRow row,
      ProviderId provider,
      UserId user,
      BiConsumer<ProviderId, UndecipherableException> onUnusable) {
    var noKey = new ProviderFacts.NoKey(provider, Boolean.TRUE.equals(row.everSubscribed()));
    try {
      return Objects.equals(row.source(), "own")
          ? ownKey(row, provider, user).map(ProviderFacts.class::cast).orElse(noKey)
          : planKey(row, provider).map(ProviderFacts.class::cast).orElse(noKey);
    } catch (UndecipherableException e) {
      onUnusable.accept(provider, e);
      return noKey;
    }
  }

  private static void sayUnusable(ProviderId provider, UndecipherableException failure) {
    LOG.error("A key of provider {} is unusable: {}.", provider, failure.getMessage());
  }

  private Optional<ProviderFacts.OwnKey> ownKey(
      EntitlementRow row, ProviderId provider, UserId user) {
    if (row.keyId() == null || row.ownCiphertext() == null) {
      return Optional.empty();
    }
    Secret secret = vault.decrypt(row.ownCiphertext(), Place.ofOwnKey(row.keyId(), user));
    return Optional.of(
        new ProviderFacts.OwnKey(
            provider,
            secret,
            Boolean.TRUE.equals(row.enabled()),
            Boolean.TRUE.equals(row.everSubscribed())));
  }

  private Optional<ProviderFacts.PlanKey> planKey(EntitlementRow row, ProviderId provider) {
    if (row.planId() == null || row.credentialId() == null || row.credentialCiphertext() == null) {
      return Optional.empty();
    }
    var plan = plan(row.planId());
    Secret secret =
        vault.decrypt(row.credentialCiphertext(), Place.ofCredential(row.credentialId(), provider));
    return Optional.of(
        new ProviderFacts.PlanKey(
            provider, secret, plan, coverage(plan, provider), validUntil(row)));
  }

  private ProviderId provider(String id) {
    var known = providers.get(id);
    return known == null ? new ProviderId(id) : known;
  }

  private PlanId plan(String id) {
    var known = plans.get(id);
    return known == null ? new PlanId(id) : known;
  }

  private Coverage coverage(PlanId plan, ProviderId provider) {
    return Optional.ofNullable(settings.coverages().get(plan))
        .orElseGet(() -> Coverage.ofProvider(provider));
  }

  private Instant validUntil(EntitlementRow row) {
    return new Access(
            Objects.equals(row.status(), "past_due"),
            Boolean.TRUE.equals(row.cancelAtPeriodEnd()),
            Objects.requireNonNull(row.currentPeriodEnd()),
            Objects.requireNonNull(row.renewalAt()),
            Optional.ofNullable(row.graceEndsAt()))
        .until(settings.slack());
  }
}
