package dev.codingplans.plugin.cli;

/** Thrown to end a command; its message is all that the person who typed it reads. */
final class Failure extends RuntimeException {

  /** Why a command ends. */
  enum Kind {
    /** The command cannot be understood, or lacks something. */
    MISUSE(2),
    /** The gateway refuses it, or it is to no avail. */
    REFUSED(1),
    /** The gateway may answer a moment later. */
    UNAVAILABLE(1);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    int exitCode() {
      return exitCode;
    }
  }

  private final Kind kind;

  Failure(Kind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  int exitCode() {
    return kind.exitCode();
  }

  /** Returns the same failure with another sentence after it. */
  Failure with(String advice) {
    return new Failure(kind, getMessage() + System.lineSeparator() + advice);
  }
}
