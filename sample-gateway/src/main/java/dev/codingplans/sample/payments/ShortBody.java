package dev.codingplans.sample.payments;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** The body of an answer that needs no more than a few words; what goes on longer is cut off. */
final class ShortBody implements BodySubscriber<byte[]> {

  private static final long MOST_BYTES = 16 * 1024;

  private final BodySubscriber<byte[]> kept = BodySubscribers.ofByteArray();
  private @Nullable Subscription subscription;
  private long bytes;

  @Override
  public CompletionStage<byte[]> getBody() {
    return kept.getBody();
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    kept.onSubscribe(given);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    bytes += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
    if (bytes <= MOST_BYTES) {
      kept.onNext(buffers);
    } else if (subscription != null) {
      subscription.cancel();
      kept.onComplete();
    }
  }

  @Override
  public void onError(Throwable failure) {
    kept.onError(failure);
  }

  @Override
  public void onComplete() {
    kept.onComplete();
  }
}
