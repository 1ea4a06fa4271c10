package dev.codingplans.plugin.credential;

import dev.codingplans.gateway.spi.catalog.PlanId;
import java.util.UUID;

/** Hears of assigned credentials that no longer serve, each time one stops to. */
@FunctionalInterface
public interface UnhealthyListener {

  /**
   * Called after the commit that marked the credential unhealthy, outside any transaction and off
   * the request path; what it throws is logged and keeps nobody else from hearing it.
   */
  void onUnhealthy(UUID credentialId, PlanId plan);
}
