package dev.codingplans.sample.health;

import dev.codingplans.sample.security.Roles;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.management.endpoint.annotation.Endpoint;
import io.micronaut.management.endpoint.health.HealthEndpoint;
import io.micronaut.management.endpoint.health.HealthLevelOfDetail;
import io.micronaut.management.health.aggregator.HealthAggregator;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Liveness;
import io.micronaut.security.authentication.Authentication;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** The health endpoint: the status for everybody, the details for admins. */
@Endpoint(value = HealthEndpoint.NAME, defaultSensitive = false)
@Replaces(HealthEndpoint.class)
final class AdminHealthEndpoint extends HealthEndpoint {

  AdminHealthEndpoint(
      HealthAggregator<HealthResult> aggregator,
      HealthIndicator[] indicators,
      @Liveness HealthIndicator[] livenessIndicators) {
    super(aggregator, indicators, livenessIndicators);
  }

  @Override
  protected HealthLevelOfDetail levelOfDetail(@Nullable Principal principal) {
    return principal instanceof Authentication caller && caller.getRoles().contains(Roles.ADMIN)
        ? HealthLevelOfDetail.STATUS_DESCRIPTION_DETAILS
        : HealthLevelOfDetail.STATUS;
  }
}
