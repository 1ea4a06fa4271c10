package dev.codingplans.plugin.event;

import java.util.List;

/** Who is to be told of events. */
@FunctionalInterface
public interface Audience {

  /** Returns the names of the listeners that want events of the type. */
  List<String> of(String type);
}
