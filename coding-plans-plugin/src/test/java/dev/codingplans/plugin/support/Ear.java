package dev.codingplans.plugin.support;

import static java.util.concurrent.CompletableFuture.completedFuture;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.gateway.spi.lifecycle.LifecycleEvent;
import dev.codingplans.gateway.spi.lifecycle.LifecycleListener;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/** A listener that remembers what it took, and fails when it is told to. */
public final class Ear implements LifecycleListener {

  private final String name;
  private final Predicate<String> wanted;
  private final Queue<LifecycleEvent> heard = new ConcurrentLinkedQueue<>();
  private volatile Predicate<LifecycleEvent> takes = event -> true;

  public Ear(String name) {
    this(name, type -> true);
  }

  public Ear(String name, Predicate<String> wanted) {
    this.name = name;
    this.wanted = wanted;
  }

  @Override
  public boolean wants(String type) {
    return wanted.test(type);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public CompletionStage<Void> onEvent(LifecycleEvent event) {
    if (!takes.test(event)) {
      return CompletableFuture.failedFuture(new IllegalStateException("not now"));
    }
    heard.add(event);
    return completedFuture(null);
  }

  public void takeOnly(Predicate<LifecycleEvent> taken) {
    takes = taken;
  }

  public List<LifecycleEvent> heard() {
    return List.copyOf(heard);
  }

  /** Returns the ids of the user's events in the order in which they were first taken. */
  public List<String> idsOf(String user) {
    return heard.stream()
        .filter(event -> event.user().map(UserId::value).filter(user::equals).isPresent())
        .map(LifecycleEvent::id)
        .distinct()
        .toList();
  }

  /** Returns how many different events were taken. */
  public long count() {
    return heard.stream().map(LifecycleEvent::id).distinct().count();
  }
}
