package dev.codingplans.sample.proxy;

import dev.codingplans.gateway.spi.identity.UserId;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The requests for inference that are open: so many in all, so many of one user, and so many bytes
 * of bodies that wait to be sent upstream, half of them one user's at most. What comes on top is
 * refused.
 */
@Singleton
final class OpenRequests {

  private final ProxySettings.Limits limits;
  private final AtomicInteger all = new AtomicInteger();
  private final AtomicInteger streams = new AtomicInteger();
  private final AtomicLong bufferedBytes = new AtomicLong();
  private final ConcurrentMap<UserId, Integer> byUser = new ConcurrentHashMap<>();
  private final ConcurrentMap<UserId, Long> bytesByUser = new ConcurrentHashMap<>();

  OpenRequests(ProxySettings settings, MeterRegistry meters) {
    this.limits = settings.limits();
    meters.gauge("gateway.requests.open", all);
    meters.gauge("gateway.streams.open", streams);
    meters.gauge("gateway.requests.buffered.bytes", bufferedBytes);
  }

  /** Lets a user's request in, or refuses it. */
  OpenRequest enter(UserId user) {
    if (all.incrementAndGet() > limits.openRequests()) {
      all.decrementAndGet();
      throw refusal("The gateway serves as many requests as it can.");
    }
    if (byUser.merge(user, 1, Integer::sum) > limits.openRequestsPerUser()) {
      leave(user);
      throw refusal("You have " + limits.openRequestsPerUser() + " requests open already.");
    }
    return new OpenRequest(user);
  }

  private void leave(UserId user) {
    all.decrementAndGet();
    byUser.computeIfPresent(user, (same, open) -> open == 1 ? null : open - 1);
  }

  private static RefusalException refusal(String message) {
    return Refusal.tooMany(message + " Try again when some have ended.").asException();
  }

  /** One request, until it is over. */
  final class OpenRequest {

    private final UserId user;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean streaming;

    private OpenRequest(UserId user) {
      this.user = user;
    }

    /** Takes room for a body that may become so large, or refuses it. */
    void buffer(long size) {
      if (bufferedBytes.addAndGet(size) > limits.bufferedBytes()) {
        bufferedBytes.addAndGet(-size);
        throw refusal("The gateway holds as much of requests as it can.");
      }
      if (bytesByUser.merge(user, size, Long::sum) > limits.bufferedBytesPerUser()) {
        giveBack(size);
        throw refusal("Your requests are as large as the gateway can hold at once.");
      }
      bytes.set(size);
    }

    /** The body is read; it needs no more room than this. */
    void buffered(long size) {
      giveBack(bytes.getAndSet(size) - size);
    }

    /** The body is sent; its room is free. */
    void sent() {
      giveBack(bytes.getAndSet(0));
    }

    private void giveBack(long size) {
      if (size != 0) {
        bufferedBytes.addAndGet(-size);
        bytesByUser.computeIfPresent(user, (same, held) -> held == size ? null : held - size);
      }
    }

    /**
     * The answer goes on after its head has been written; whoever passes it on ends the request.
     */
    void streams() {
      streams.incrementAndGet();
      streaming = true;
    }

    /** Ends the request, unless its answer goes on. */
    void answered() {
      sent();
      if (!streaming) {
        end();
      }
    }

    /** Ends the request; again does nothing. */
    void end() {
      sent();
      if (over.compareAndSet(false, true)) {
        leave(user);
        if (streaming) {
          streams.decrementAndGet();
        }
      }
    }
  }
}
