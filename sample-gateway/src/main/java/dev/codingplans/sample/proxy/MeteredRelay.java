package dev.codingplans.sample.proxy;

import dev.codingplans.sample.metered.MeteredAnswer;
import dev.codingplans.sample.proxy.Drains.Drain;
import dev.codingplans.sample.proxy.OpenRequests.OpenRequest;
import io.micronaut.core.io.buffer.ReadBuffer;
import io.micronaut.core.io.buffer.ReadBufferFactory;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * Passes a metered answer on, no faster than the client reads. If the client leaves, the rest is
 * read all the same, as fast as it comes, because what it costs is said at its end (M3).
 */
final class MeteredRelay
    implements Publisher<ReadBuffer>, CoreSubscriber<ReadBuffer>, Subscription {

  private static final byte[] NOTHING = {};

  private final UpstreamAnswer source;
  private final MeteredAnswer answer;
  private final OpenRequest open;
  private final ReadBufferFactory buffers;
  private final Drains drains;
  private final ScheduledExecutorService timer;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicBoolean left = new AtomicBoolean();
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile Subscription upstream = Operators.emptySubscription();
  private volatile Optional<Drain> drain = Optional.empty();
  private volatile Subscriber<? super ReadBuffer> client = Operators.emptySubscriber();

  MeteredRelay(
      UpstreamAnswer source,
      MeteredAnswer answer,
      OpenRequest open,
      ReadBufferFactory buffers,
      Drains drains,
      ScheduledExecutorService timer) {
    this.source = source;
    this.answer = answer;
    this.open = open;
    this.buffers = buffers;
    this.drains = drains;
    this.timer = timer;
  }

  @Override
  public void subscribe(Subscriber<? super ReadBuffer> subscriber) {
    if (begun.compareAndSet(false, true)) {
      client = subscriber;
      source.body().toReadBufferPublisher().subscribe(this);
    } else {
      Operators.error(subscriber, new IllegalStateException("an answer is read once"));
    }
  }

  /** The client has left, whether or not it has begun to read. */
  void leave() {
    cancel();
    if (begun.compareAndSet(false, true)) {
      source.body().toReadBufferPublisher().subscribe(this);
    }
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    upstream = subscription;
    if (left.get()) {
      subscription.request(Long.MAX_VALUE);
    } else {
      client.onSubscribe(this);
    }
  }

  @Override
  public void request(long count) {
    upstream.request(count);
  }

  @Override
  public void onNext(ReadBuffer piece) {
    var passed = pass(piece.toArray());
    if (left.get()) {
      return;
    }
    if (passed.length > 0) {
      client.onNext(buffers.adapt(passed));
    } else {
      upstream.request(1);
    }
  }

  @Override
  public void onComplete() {
    var rest = end();
    if (!left.get()) {
      if (rest.length > 0) {
        client.onNext(buffers.adapt(rest));
      }
      client.onComplete();
    }
  }

  @Override
  public void onError(Throwable failure) {
    breakOff();
    if (!left.get()) {
      client.onError(failure);
    }
  }

  @Override
  public void cancel() {
    if (!left.compareAndSet(false, true) || over.get()) {
      return;
    }
    drain = drains.enter(this, timer);
    if (drain.isEmpty()) {
      giveUp();
    } else if (over.get()) {
      // It ended meanwhile, and did not see that it was drained.
      drain.ifPresent(Drain::end);
    } else {
      upstream.request(Long.MAX_VALUE);
    }
  }

  /** Ends the answer where it is; what came is charged. */
  void giveUp() {
    left.set(true);
    if (over.get()) {
      return;
    }
    if (begun.compareAndSet(false, true)) {
      source.discard();
    } else {
      upstream.cancel();
      source.abort().run();
    }
    breakOff();
  }

  private byte[] pass(byte[] piece) {
    synchronized (answer) {
      return answer.pass(piece);
    }
  }

  private byte[] end() {
    if (!over.compareAndSet(false, true)) {
      return NOTHING;
    }
    try {
      synchronized (answer) {
        return answer.end();
      }
    } finally {
      ended();
    }
  }

  private void breakOff() {
    if (over.compareAndSet(false, true)) {
      try {
        synchronized (answer) {
          answer.breakOff();
        }
      } finally {
        ended();
      }
    }
  }

  /** Not before it is charged: until then it is one of the user's requests, and awaited. */
  private void ended() {
    drain.ifPresent(Drain::end);
    drains.remove(this);
    open.end();
  }
}
