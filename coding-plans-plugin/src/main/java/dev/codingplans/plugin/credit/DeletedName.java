package dev.codingplans.plugin.credit;

import dev.codingplans.gateway.spi.identity.UserId;
import java.util.UUID;

/** The name under which the books of a deleted account go on: it stands for nobody. */
public final class DeletedName {

  /** For SQL, a regular expression in its quotes; a user may be called much the same. */
  public static final String PATTERN = "'^deleted-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'";

  private DeletedName() {}

  /** Returns a new one. */
  public static UserId random() {
    return new UserId("deleted-" + UUID.randomUUID());
  }
}
