package dev.codingplans.plugin.provider;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What each provider says of keys; one that has no adapter is a provider all the same. Who ends
 * credentials there is known to the revocation alone.
 */
@Singleton
public final class Providers {

  private final Map<ProviderId, CredentialVerifier> verifiers;
  private final Map<ProviderId, QuotaReader> quotaReaders;
  private final Map<ProviderId, ErrorClassifier> classifiers;

  Providers(
      List<CredentialVerifier> verifiers,
      List<QuotaReader> quotaReaders,
      List<ErrorClassifier> classifiers) {
    this.verifiers = byProvider(verifiers, CredentialVerifier::provider);
    this.quotaReaders = byProvider(quotaReaders, QuotaReader::provider);
    this.classifiers = byProvider(classifiers, ErrorClassifier::provider);
  }

  public Optional<CredentialVerifier> verifierOf(ProviderId provider) {
    return Optional.ofNullable(verifiers.get(provider));
  }

  public Optional<QuotaReader> quotaReaderOf(ProviderId provider) {
    return Optional.ofNullable(quotaReaders.get(provider));
  }

  /** Returns the providers whose quotas can be read. */
  public Set<ProviderId> withQuota() {
    return quotaReaders.keySet();
  }

  public Optional<ErrorClassifier> classifierOf(ProviderId provider) {
    return Optional.ofNullable(classifiers.get(provider));
  }

  /** Refuses the start if two adapters claim the same ability of a provider. */
  private static <T> Map<ProviderId, T> byProvider(
      List<T> adapters, Function<T, ProviderId> provider) {
    return adapters.stream().collect(Collectors.toUnmodifiableMap(provider, Function.identity()));
  }
}
