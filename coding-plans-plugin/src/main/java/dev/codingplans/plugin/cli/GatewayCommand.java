package dev.codingplans.plugin.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A command that calls a gateway. */
@Command(mixinStandardHelpOptions = true)
abstract class GatewayCommand implements Callable<Integer> {

  static final int DONE = 0;
  static final int FAILED = 1;

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Mixin private final GatewayOptions options = new GatewayOptions();

  private final Terminal terminal;

  GatewayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public final Integer call() {
    try (var gateway = options.open(terminal.variables(), patience())) {
      return run(gateway, new Printer(terminal, options.json()));
    }
  }

  /** Does it and returns the exit code. */
  abstract int run(Gateway gateway, Printer printer);

  /** How long an answer is waited for. */
  Duration patience() {
    return PATIENCE;
  }

  Terminal terminal() {
    return terminal;
  }
}
