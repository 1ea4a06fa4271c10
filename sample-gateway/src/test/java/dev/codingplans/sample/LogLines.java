package dev.codingplans.sample;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Everything that is logged, at every level, until it is closed. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Level before = root.getLevel();
  private final List<Appender<ILoggingEvent>> others = new ArrayList<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();

  LogLines() {
    setContext(root.getLoggerContext());
    // Only here: it is too much for a terminal.
    root.iteratorForAppenders().forEachRemaining(others::add);
    others.forEach(root::detachAppender);
    start();
    root.addAppender(this);
    root.setLevel(Level.TRACE);
  }

  List<String> all() {
    return List.copyOf(lines);
  }

  @Override
  protected void append(ILoggingEvent event) {
    var thrown = event.getThrowableProxy();
    lines.add(
        event.getLoggerName()
            + " "
            + event.getFormattedMessage()
            + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown)));
  }

  @Override
  public void close() {
    root.setLevel(before);
    root.detachAppender(this);
    others.forEach(root::addAppender);
    stop();
  }
}
