package dev.codingplans.plugin.cli;

import dev.codingplans.plugin.cli.Failure.Kind;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** All that can be typed after the jar's name. Nothing of the plugin itself is started for it. */
@Command(
    name = "coding-plans",
    mixinStandardHelpOptions = true,
    description = "Works on a gateway's coding plans: stock, revocations, subscriptions, books.",
    footer = {
      "",
      "All but keyset call the gateway at GATEWAY_URL with the admin's token in GATEWAY_TOKEN.",
      "Exit codes: 0 done, 1 refused or in vain, 2 misused."
    })
public final class Commands implements Runnable {

  private Commands() {}

  /** Runs what was typed and returns the exit code. */
  public static int run(List<String> arguments, Terminal terminal) {
    return line(terminal).execute(arguments.toArray(String[]::new));
  }

  @Override
  public void run() {
    throw new Failure(Kind.MISUSE, "Which command? --help lists them.");
  }

  private static CommandLine line(Terminal terminal) {
    return versioned(commands(terminal))
        .setOut(new PrintWriter(terminal.out(), true, terminal.out().charset()))
        .setErr(new PrintWriter(terminal.err(), true, terminal.err().charset()))
        // A word is a word: what begins with an at sign names no file of more words.
        .setExpandAtFiles(false)
        .setParameterExceptionHandler((failure, words) -> misused(failure, terminal))
        .setExecutionExceptionHandler((failure, line, parsed) -> failed(failure, terminal));
  }

  private static CommandLine versioned(CommandLine line) {
    var version = Commands.class.getPackage().getImplementationVersion();
    line.getCommandSpec().version("coding-plans " + (version == null ? "unknown" : version));
    line.getSubcommands().values().forEach(Commands::versioned);
    return line;
  }

  private static CommandLine commands(Terminal terminal) {
    return new CommandLine(new Commands())
        .addSubcommand("keyset", keyset(terminal))
        .addSubcommand("upload", new UploadCommand(terminal))
        .addSubcommand("stock", new StockCommand(terminal))
        .addSubcommand("credentials", new CredentialsCommand(terminal))
        .addSubcommand("approve", new ApproveCommand(terminal))
        .addSubcommand("withdraw", new WithdrawCommand(terminal))
        .addSubcommand("revocations", revocations(terminal))
        .addSubcommand("subscriptions", subscriptions(terminal))
        .addSubcommand("swap", new SwapCommand(terminal))
        .addSubcommand("users", new UsersCommand(terminal))
        .addSubcommand("credits", credits(terminal))
        .addSubcommand("sweep", new SweepCommand(terminal))
        .addSubcommand("reconcile", new ReconcileCommand(terminal))
        .addSubcommand("audit", new AuditCommand(terminal))
        .addSubcommand("rotate", new RotateCommand(terminal))
        .addSubcommand("usage", usage(terminal))
        .addSubcommand("ladder-tick", new LadderTickCommand(terminal));
  }

  private static CommandLine usage(Terminal terminal) {
    return new CommandLine(new UsageCommand(terminal))
        .addSubcommand("list", new UsageCommand(terminal))
        .addSubcommand("apply", new UsageApplyCommand(terminal));
  }

  private static CommandLine keyset(Terminal terminal) {
    return new CommandLine(new KeysetCommand(terminal))
        .addSubcommand("add", new KeysetAdd(terminal))
        .addSubcommand("promote", new KeysetPromote(terminal))
        .addSubcommand("retire", new KeysetRetire(terminal));
  }

  private static CommandLine credits(Terminal terminal) {
    return new CommandLine(new CreditsCommand()).addSubcommand("grant", new CreditsGrant(terminal));
  }

  private static CommandLine revocations(Terminal terminal) {
    return new CommandLine(new RevocationsCommand(terminal))
        .addSubcommand("list", new RevocationsCommand(terminal))
        .addSubcommand("complete", new RevocationsComplete(terminal))
        .addSubcommand("fail", new RevocationsFail(terminal))
        .addSubcommand("requeue", new RevocationsRequeue(terminal));
  }

  private static CommandLine subscriptions(Terminal terminal) {
    return new CommandLine(new SubscriptionsCommand(terminal))
        .addSubcommand("list", new SubscriptionsCommand(terminal))
        .addSubcommand("get", new SubscriptionsGet(terminal))
        .addSubcommand("cancel", new SubscriptionsCancel(terminal))
        .addSubcommand("terminate", new SubscriptionsTerminate(terminal))
        .addSubcommand("extend", new SubscriptionsExtend(terminal));
  }

  /** Not what was typed, which may be a key that somebody took for an argument. */
  private static int misused(ParameterException failure, Terminal terminal) {
    terminal.err().println(Misuse.of(failure));
    failure.getCommandLine().usage(terminal.err());
    return Kind.MISUSE.exitCode();
  }

  private static int failed(Exception failure, Terminal terminal) {
    if (failure instanceof Failure told) {
      terminal.err().println(told.getMessage());
      return told.exitCode();
    }
    // A fault of ours, told without its message, which may hold anything.
    terminal.err().println("The command failed unexpectedly: " + failure.getClass().getName());
    for (var frame : failure.getStackTrace()) {
      terminal.err().println("  at " + frame);
    }
    return Kind.REFUSED.exitCode();
  }
}
