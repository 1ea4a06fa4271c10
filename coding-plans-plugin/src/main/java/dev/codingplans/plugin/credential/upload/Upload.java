package dev.codingplans.plugin.credential.upload;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.gateway.spi.entitlement.Secret;
import java.util.List;
import java.util.Locale;

/** Credentials of one plan, a line each, and how to treat them. */
public record Upload(
    ProviderId provider, PlanId plan, List<Secret> entries, Mode mode, boolean dryRun) {

  /** Whether one bad line keeps the good ones from being stored. */
  public enum Mode {
    /** It does. */
    ALL_OR_NOTHING,
    /** It does not. */
    PARTIAL;

    static Mode parse(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
