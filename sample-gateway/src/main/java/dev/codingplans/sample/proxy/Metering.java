package dev.codingplans.sample.proxy;

import dev.codingplans.gateway.spi.usage.Hold;
import dev.codingplans.sample.metered.MeteredAnswer;
import dev.codingplans.sample.metered.MeteredRequest;

/** What a request that is paid from credits holds of them. */
record Metering(Hold hold, MeteredRequest request) {

  MeteredAnswer answer(boolean isStream) {
    return new MeteredAnswer(hold, request, isStream);
  }
}
