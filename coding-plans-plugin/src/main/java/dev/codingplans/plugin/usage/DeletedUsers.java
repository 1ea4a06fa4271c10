package dev.codingplans.plugin.usage;

import dev.codingplans.gateway.spi.identity.UserId;
import java.util.List;

/** Knows whose account was deleted. */
@FunctionalInterface
public interface DeletedUsers {

  /** Returns the deletions of those of users whose account was deleted. */
  List<Deletion> deletionsOf(List<UserId> users);
}
