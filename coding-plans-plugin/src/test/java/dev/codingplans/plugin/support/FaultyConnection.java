package dev.codingplans.plugin.support;

import dev.codingplans.plugin.support.FaultyWire.Message;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One connection over a {@link FaultyWire}. */
final class FaultyConnection {

  private static final String CONSOLE = "application_name\0coding-plans\0";
  private static final String REFUSAL =
      "do $$ begin raise exception 'on purpose' using errcode = 'XX000'; end $$\0";

  private final FaultyWire wire;
  private final Socket client;
  private final Socket database;
  private final DataInputStream requests;
  private final DataOutputStream toDatabase;
  private final DataInputStream answers;
  private final DataOutputStream toClient;

  /** How often the database will say that it is ready: once after the start, and once for each. */
  private final AtomicInteger unanswered = new AtomicInteger(1);

  private volatile boolean cutWhenReady;

  FaultyConnection(FaultyWire wire, Socket client, Socket database) throws IOException {
    this.wire = wire;
    this.client = client;
    this.database = database;
    this.requests = new DataInputStream(new BufferedInputStream(client.getInputStream()));
    this.toDatabase = new DataOutputStream(new BufferedOutputStream(database.getOutputStream()));
    this.answers = new DataInputStream(new BufferedInputStream(database.getInputStream()));
    this.toClient = new DataOutputStream(new BufferedOutputStream(client.getOutputStream()));
  }

  void passRequests() {
    try {
      var isConsole = passStart().contains(CONSOLE);
      var statement = new ArrayList<Message>();
      while (true) {
        var message = Message.read(requests);
        statement.add(message);
        switch (message.kind()) {
          case 'P', 'B', 'D', 'E', 'C' -> {}
          default -> {
            passOrFail(statement, isConsole);
            statement.clear();
          }
        }
      }
    } catch (IOException ended) {
      drop();
    }
  }

  /** The first message has no kind. */
  private String passStart() throws IOException {
    var length = requests.readInt();
    var body = requests.readNBytes(length - Integer.BYTES);
    toDatabase.writeInt(length);
    toDatabase.write(body);
    toDatabase.flush();
    return new String(body, StandardCharsets.UTF_8);
  }

  private void passOrFail(List<Message> statement, boolean isConsole) throws IOException {
    var sql = sqlOf(statement);
    if (isConsole && isOfATransaction(sql) && wire.failsAt(sql)) {
      fail(statement);
    } else {
      pass(statement);
    }
  }

  /** Not what sets up a connection, nor a begin, which travels with the statement after it. */
  private static boolean isOfATransaction(String sql) {
    return !sql.isEmpty() && !sql.startsWith("SET SESSION") && !sql.equals("BEGIN;");
  }

  private void fail(List<Message> statement) throws IOException {
    switch (wire.fault()) {
      case REFUSED ->
          pass(List.of(new Message((byte) 'Q', REFUSAL.getBytes(StandardCharsets.UTF_8))));
      case TERMINATED -> wire.terminate(database.getLocalPort());
      case CUT_BEFORE -> drop();
      case CUT_AFTER -> {
        cutWhenReady = true;
        pass(statement);
      }
    }
  }

  private void pass(List<Message> messages) throws IOException {
    for (var message : messages) {
      if (message.kind() == 'Q' || message.kind() == 'S') {
        unanswered.incrementAndGet();
      }
      write(message, toDatabase);
    }
    toDatabase.flush();
  }

  void passAnswers() {
    try {
      while (true) {
        var message = Message.read(answers);
        var isLast = message.kind() == 'Z' && unanswered.decrementAndGet() == 0;
        if (!cutWhenReady) {
          write(message, toClient);
          if (answers.available() == 0) {
            toClient.flush();
          }
        } else if (isLast) {
          drop();
        }
      }
    } catch (IOException ended) {
      drop();
    }
  }

  private static void write(Message message, DataOutputStream out) throws IOException {
    out.writeByte(message.kind());
    out.writeInt(message.body().length + Integer.BYTES);
    out.write(message.body());
  }

  /** The text of a statement is part of a parse message, after its name, or is a whole query. */
  private static String sqlOf(List<Message> messages) {
    var sql = new StringBuilder();
    for (var message : messages) {
      var parts = new String(message.body(), StandardCharsets.UTF_8).split("\0", -1);
      switch (message.kind()) {
        case 'P' -> sql.append(parts[1]).append(';');
        case 'Q' -> sql.append(parts[0]).append(';');
        default -> {}
      }
    }
    return sql.toString();
  }

  private void drop() {
    FaultyWire.drop(client);
    FaultyWire.drop(database);
  }
}
