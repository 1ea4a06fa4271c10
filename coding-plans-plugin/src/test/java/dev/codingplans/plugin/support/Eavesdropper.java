package dev.codingplans.plugin.support;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Hears all that is logged in this process, at every level; nothing of it is printed. */
public final class Eavesdropper extends Handler implements AutoCloseable {

  private static final Logger ROOT = Logger.getLogger("");

  /** The tests' own client. */
  private static final String CLIENT = "jdk.";

  private final Formatter formatter = new SimpleFormatter();
  private final List<String> secrets;
  private final Queue<String> caught = new ConcurrentLinkedQueue<>();
  private final Set<String> heard = ConcurrentHashMap.newKeySet();
  private final Level level = ROOT.getLevel();
  private final Map<Handler, Level> printers;

  private Eavesdropper(List<String> secrets) {
    this.secrets = secrets;
    this.printers =
        Stream.of(ROOT.getHandlers()).collect(Collectors.toMap(it -> it, Handler::getLevel));
    setLevel(Level.ALL);
  }

  /** Begins to listen for any of some texts. */
  public static Eavesdropper listeningFor(String... secrets) {
    var eavesdropper = new Eavesdropper(List.of(secrets));
    eavesdropper.printers.keySet().forEach(printer -> printer.setLevel(Level.OFF));
    ROOT.addHandler(eavesdropper);
    ROOT.setLevel(Level.ALL);
    return eavesdropper;
  }

  /** Returns the lines that hold a secret. */
  public List<String> caught() {
    return List.copyOf(caught);
  }

  /** Returns who has logged anything. */
  public Set<String> heard() {
    return heard;
  }

  @Override
  public void publish(LogRecord line) {
    var logger = String.valueOf(line.getLoggerName());
    if (logger.startsWith(CLIENT)) {
      return;
    }
    heard.add(logger + " " + line.getLevel());
    var text = textOf(line);
    if (secrets.stream().anyMatch(text::contains)) {
      caught.add(logger + ": " + text);
    }
  }

  private String textOf(LogRecord line) {
    var text = new StringWriter();
    text.append(formatter.formatMessage(line));
    if (line.getThrown() != null) {
      line.getThrown().printStackTrace(new PrintWriter(text));
    }
    return text.toString();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    ROOT.removeHandler(this);
    ROOT.setLevel(level);
    printers.forEach(Handler::setLevel);
  }
}
