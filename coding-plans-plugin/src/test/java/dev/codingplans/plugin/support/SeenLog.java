package dev.codingplans.plugin.support;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What is logged while it is open, debugging included; nothing of it goes elsewhere. */
public final class SeenLog extends Handler implements AutoCloseable {

  private static final Logger ROOT = Logger.getLogger("");

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final List<Handler> others = List.of(ROOT.getHandlers());
  private final Level before = ROOT.getLevel();

  private SeenLog() {
    setFormatter(new SimpleFormatter());
    setLevel(Level.ALL);
  }

  public static SeenLog begin() {
    var log = new SeenLog();
    log.others.forEach(ROOT::removeHandler);
    ROOT.addHandler(log);
    ROOT.setLevel(Level.FINE);
    return log;
  }

  public String text() {
    return String.join("", lines);
  }

  @Override
  public void publish(LogRecord entry) {
    lines.add(getFormatter().format(entry));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    ROOT.removeHandler(this);
    others.forEach(ROOT::addHandler);
    ROOT.setLevel(before);
  }
}
