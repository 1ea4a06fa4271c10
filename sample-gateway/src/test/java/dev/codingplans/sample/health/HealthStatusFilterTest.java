package dev.codingplans.sample.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.health.HealthStatus;
import io.micronaut.http.HttpResponse;
import io.micronaut.management.health.indicator.HealthResult;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HealthStatusFilterTest {

  private final HealthStatusFilter filter = new HealthStatusFilter();

  @Test
  @DisplayName("only bad health changes the status of an answer")
  void tellsBadHealth() {
    assertThat(statusOf(health(HealthStatus.DOWN))).isEqualTo(503);
    assertThat(statusOf(health(HealthStatus.UP))).isEqualTo(200);
    assertThat(statusOf(health(HealthStatus.UNKNOWN))).isEqualTo(200);
    assertThat(statusOf("DOWN")).isEqualTo(200);
  }

  private int statusOf(Object body) {
    var response = HttpResponse.ok(body);
    filter.setStatus(response);
    return response.code();
  }

  private static HealthResult health(HealthStatus status) {
    return HealthResult.builder("test", status).build();
  }
}
