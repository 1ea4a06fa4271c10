package dev.codingplans.sample.payments;

import dev.codingplans.gateway.spi.lifecycle.TopUpPort;
import dev.codingplans.gateway.spi.lifecycle.TopUpPort.Result;
import dev.codingplans.sample.settings.GatewaySettings;
import dev.codingplans.sample.settings.TopUpSettings;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;

/** Makes the way in which this gateway collects credit. */
@Factory
final class TopUpPortFactory {

  @Singleton
  TopUpPort topUpPort(GatewaySettings settings, Clock clock) {
    return switch (settings.topUps()) {
      case TopUpSettings.None none -> TopUpPort.none();
      case TopUpSettings.AtOnce atOnce ->
          topUp -> CompletableFuture.completedFuture(new Result.Succeeded());
      case TopUpSettings.Service service -> new PaymentService(service, clock);
    };
  }
}
