package dev.codingplans.plugin.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a plan is sold now (C3). */
public enum SalesState {
  /** It is sold. */
  @JsonProperty("open")
  OPEN,
  /** It is not sold now. */
  @JsonProperty("paused")
  PAUSED,
  /** It is not sold, and nobody may wait for it. */
  @JsonProperty("closed")
  CLOSED
}
