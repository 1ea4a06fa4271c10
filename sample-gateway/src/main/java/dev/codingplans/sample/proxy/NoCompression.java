package dev.codingplans.sample.proxy;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.server.netty.DefaultHttpCompressionStrategy;
import io.micronaut.http.server.netty.HttpCompressionStrategy;
import io.netty.handler.codec.http.HttpResponse;
import jakarta.inject.Singleton;

/**
 * The server compresses nothing: an answer passes byte by byte, as soon as the provider sends it.
 */
@Singleton
@Replaces(DefaultHttpCompressionStrategy.class)
final class NoCompression implements HttpCompressionStrategy {

  @Override
  public boolean isEnabled() {
    return false;
  }

  @Override
  public boolean shouldCompress(HttpResponse response) {
    return false;
  }

  @Override
  public int getMaxZstdEncodeSize() {
    return 0;
  }
}
