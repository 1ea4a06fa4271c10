package dev.codingplans.plugin.http;

import static dev.codingplans.plugin.refusal.Refusal.Code.NOT_FOUND;
import static dev.codingplans.plugin.refusal.Refusal.Code.UNKNOWN_PLAN;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.gateway.spi.catalog.ProviderId;
import dev.codingplans.plugin.refusal.Refusal;

/** Reads the ids that clients send. A malformed id is that of nothing. */
public final class PathIds {

  private PathIds() {}

  public static PlanId plan(String text) {
    if (!PlanId.isWellFormed(text)) {
      throw new Refusal(UNKNOWN_PLAN, "There is no such plan.");
    }
    return new PlanId(text);
  }

  public static ProviderId provider(String text) {
    if (!ProviderId.isWellFormed(text)) {
      throw new Refusal(NOT_FOUND, "There is no such provider.");
    }
    return new ProviderId(text);
  }
}
