package dev.codingplans.sample.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.health.HealthStatus;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.management.health.indicator.HealthResult;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HealthStatusFilterTest {

  private final HealthStatusFilter filter = new HealthStatusFilter();

  @Test
  @DisplayName("only bad health changes the status of an answer")
  void tellsBadHealth() {
    assertThat(statusOf(health(HealthStatus.DOWN))).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    assertThat(statusOf(health(HealthStatus.UP))).isEqualTo(HttpStatus.OK);
    assertThat(statusOf(health(HealthStatus.UNKNOWN))).isEqualTo(HttpStatus.OK);
    assertThat(statusOf("DOWN")).isEqualTo(HttpStatus.OK);
  }

  private HttpStatus statusOf(Object body) {
    var response = HttpResponse.ok(body);
    filter.setStatus(response);
    return response.getStatus();
  }

  private static HealthResult health(HealthStatus status) {
    return HealthResult.builder("test", status).build();
  }
}
