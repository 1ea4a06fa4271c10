package dev.codingplans.sample.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A console that is written to a few times a second, or as often as many lines have come together:
 * a system call for each would be most of what a line costs. Stopping it writes the rest; only a
 * process that is killed loses the lines of its last moment.
 */
public final class BatchedConsole extends ConsoleAppender<ILoggingEvent> {

  private static final int MAX_BYTES = 64 * 1024;
  private static final long MAX_DELAY_MILLIS = 100;

  private @Nullable ScheduledFuture<?> writes;

  @Override
  public void setOutputStream(OutputStream console) {
    super.setOutputStream(new BufferedOutputStream(console, MAX_BYTES));
  }

  @Override
  public void start() {
    setImmediateFlush(false);
    super.start();
    writes =
        getContext()
            .getScheduledExecutorService()
            .scheduleWithFixedDelay(
                this::write, MAX_DELAY_MILLIS, MAX_DELAY_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    if (writes != null) {
      writes.cancel(false);
    }
    super.stop();
  }

  private void write() {
    streamWriteLock.lock();
    try {
      if (isStarted()) {
        getOutputStream().flush();
      }
    } catch (IOException e) {
      addError("The console cannot be written to.", e);
    } finally {
      streamWriteLock.unlock();
    }
  }
}
