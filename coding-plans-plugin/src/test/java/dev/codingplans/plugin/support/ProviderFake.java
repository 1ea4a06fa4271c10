package dev.codingplans.plugin.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * MiniMax over real HTTP, as friendly or hostile as a test wants it.
 *
 * <p>A key is good unless it is treated otherwise, by {@link #treat} or by its name ({@code
 * sk-dead-…}, see {@link Manner}). Its tier is the one registered with {@link #tier}, else the word
 * {@code plus}, {@code max} or {@code ultra} in the key ({@code sk-max-…}), else Plus; the fake
 * cannot know for which plan it is uploaded. {@link TestPlugin#upload} registers the tier of the
 * plan for every key that has none, so that stock is good as a matter of course.
 *
 * <p>{@link #shared} serves all plugins of this process that no test gives another; tests that
 * count make one of their own.
 */
public final class ProviderFake implements AutoCloseable {

  private static final Pattern TIER = Pattern.compile("(?i)(?<![a-z])(plus|max|ultra)(?![a-z])");
  private static final int HUGE = 100 * 1024 * 1024;

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Map<String, String> tiers = new ConcurrentHashMap<>();
  private final Map<String, Treatment> treatments = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> callsByKey = new ConcurrentHashMap<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicInteger peak = new AtomicInteger();
  private final AtomicInteger strays = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Duration latency = Duration.ZERO;
  private volatile int percent = 80;

  public ProviderFake() {
    try {
      server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  /** Returns the one that finds every key good; it ends with this process. */
  public static ProviderFake shared() {
    return Shared.ONLY;
  }

  /** Returns the value for {@code MINIMAX_BASE_URL}. */
  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** Says of which tier a key is: the title in full, as {@code Token Plan Max}. */
  public void tier(String key, String title) {
    tiers.put(key, title);
  }

  /** Says of which tier the key of an upload's entry in JSON is, unless the key says so itself. */
  void tierOfEntry(String jsonEntry, String plan) {
    var key = jsonEntry.replaceFirst("^\"\\s*", "").replaceFirst("\\s*::.*", "");
    var tier = TIER.matcher(plan);
    if (tier.find() && !TIER.matcher(key).find()) {
      tiers.putIfAbsent(key, "Token Plan " + tier.group(1));
    }
  }

  /** Treats a key so in all calls. */
  public void treat(String key, Manner manner) {
    treat(key, manner, manner);
  }

  /** Treats a key differently when its quota is asked for and when it is to generate. */
  public void treat(String key, Manner quota, Manner generation) {
    treatments.put(key, new Treatment(quota, generation));
  }

  /** Lets each answer take this long. */
  public void latency(Duration each) {
    latency = each;
  }

  /** Says how much is left of every window of good keys. */
  public void percent(int left) {
    percent = left;
  }

  public int calls() {
    return calls.get();
  }

  public int callsOf(String key) {
    return callsByKey.getOrDefault(key, new AtomicInteger()).get();
  }

  /** Returns the most calls that were open at once. */
  public int peak() {
    return peak.get();
  }

  public int connections() {
    return connections.get();
  }

  /** Returns how many followed a redirect, or asked for what there is not. */
  public int strays() {
    return strays.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        socket.setTcpNoDelay(true);
        connections.incrementAndGet();
        open.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        // Closed: the loop ends.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new BufferedInputStream(socket.getInputStream());
      var out = socket.getOutputStream();
      for (var request = Request.read(in); request != null; request = Request.read(in)) {
        answer(request, socket, out);
      }
    } catch (IOException e) {
      // The other side went; it may.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private void answer(Request request, Socket socket, OutputStream out)
      throws IOException, InterruptedException {
    calls.incrementAndGet();
    callsByKey.computeIfAbsent(request.key(), key -> new AtomicInteger()).incrementAndGet();
    peak.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    try {
      Thread.sleep(latency);
      answer(request, mannerFor(request), socket, out);
    } finally {
      underWay.decrementAndGet();
    }
  }

  private Manner mannerFor(Request request) {
    var treatment = treatments.get(request.key());
    if (treatment == null) {
      return Manner.namedIn(request.key()).orElse(Manner.GOOD);
    }
    return request.isQuota() ? treatment.quota() : treatment.generation();
  }

  private void answer(Request request, Manner manner, Socket socket, OutputStream out)
      throws IOException, InterruptedException {
    if (!request.isKnown()) {
      strays.incrementAndGet();
      send(out, 404, code(2013, "no such call"));
      return;
    }
    var quoted = "wrong key: Bearer " + request.key();
    switch (manner) {
      case GOOD -> send(out, 200, request.isQuota() ? quota(titleOf(request.key())) : chat());
      case UNTITLED -> send(out, 200, request.isQuota() ? quota("") : chat());
      case FOREIGN -> send(out, 200, request.isQuota() ? quota("Token Plan Free") : chat());
      case PLANLESS -> send(out, 200, "{\"model_remains\":null," + base(0, "ok") + "}");
      case EMPTY -> send(out, 200, "{\"model_remains\":[]," + base(0, "ok") + "}");
      case EXHAUSTED -> send(out, 200, code(2056, "usage limit exceeded " + quoted));
      case UNAUTHORIZED -> send(out, 401, code(1004, quoted));
      case FORBIDDEN -> send(out, 403, "{\"error\":{\"message\":\"" + quoted + "\"}}");
      case REJECTED -> send(out, 200, code(1004, quoted));
      case LIMITED -> send(out, 429, code(1002, "rate limit " + quoted));
      case FAILING -> send(out, 503, code(1000, quoted));
      case ECHOING -> send(out, 500, "<html><pre>" + quoted + "</pre></html>");
      case GIBBERISH -> send(out, 200, "{\"model_remains\": [" + quoted);
      case SLOW -> Thread.sleep(Duration.ofDays(1));
      case TRICKLING -> trickle(out);
      case DEAD -> reset(socket);
      case TRUNCATED -> {
        out.write(head(200, 1_000).getBytes(ISO_8859_1));
        out.write(quota(titleOf(request.key())).substring(0, 50).getBytes(ISO_8859_1));
        out.flush();
        socket.close();
      }
      case HUGE -> sendHuge(out);
      case REDIRECTING -> {
        var location = "location: " + url() + "/elsewhere\r\ncontent-length: 0\r\n\r\n";
        out.write(("HTTP/1.1 307 Temporary Redirect\r\n" + location).getBytes(ISO_8859_1));
        out.flush();
      }
    }
  }

  private String titleOf(String key) {
    var registered = tiers.get(key);
    if (registered != null) {
      return registered;
    }
    var named = TIER.matcher(key);
    return "Token Plan " + (named.find() ? named.group(1) : "Plus");
  }

  /** An empty title is none. */
  private String quota(String title) {
    var row =
        """
        {"model_name":"general","start_time":%1$d,"end_time":%2$d,\
        "current_interval_remaining_percent":%3$d,"current_interval_status":1,\
        "interval_boost_permille":1000,"weekly_start_time":%1$d,"weekly_end_time":%2$d,\
        "current_weekly_remaining_percent":%3$d,"current_weekly_status":1,\
        "weekly_boost_permille":1000}"""
            .formatted(
                Instant.parse("2026-01-05T00:00:00Z").toEpochMilli(),
                Instant.parse("2026-01-12T00:00:00Z").toEpochMilli(),
                percent);
    var named = title.isEmpty() ? "" : "\"current_subscribe_title\":\"" + title + "\",";
    return "{" + named + "\"model_remains\":[" + row + "]," + base(0, "success") + "}";
  }

  private static String chat() {
    return "{\"choices\":[{\"finish_reason\":\"length\",\"message\":{\"content\":\"h\"}}],"
        + base(0, "")
        + "}";
  }

  private static String code(int code, String message) {
    return "{" + base(code, message) + "}";
  }

  private static String base(int code, String message) {
    return "\"base_resp\":{\"status_code\":" + code + ",\"status_msg\":\"" + message + "\"}";
  }

  private static void send(OutputStream out, int status, String body) throws IOException {
    out.write((head(status, body.length()) + body).getBytes(ISO_8859_1));
    out.flush();
  }

  private static String head(int status, int length) {
    return "HTTP/1.1 "
        + status
        + " X\r\ncontent-type: application/json\r\ncontent-length: "
        + length
        + "\r\n\r\n";
  }

  private static void trickle(OutputStream out) throws IOException, InterruptedException {
    out.write(head(200, 10_000).getBytes(ISO_8859_1));
    while (true) {
      out.write(' ');
      out.flush();
      Thread.sleep(Duration.ofSeconds(1));
    }
  }

  private static void sendHuge(OutputStream out) throws IOException {
    out.write(head(200, HUGE).getBytes(ISO_8859_1));
    var piece = new byte[64 * 1024];
    for (int sent = 0; sent < HUGE; sent += piece.length) {
      out.write(piece);
    }
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Ends at once, whatever is under way. */
  @Override
  public void close() {
    try {
      server.close();
      for (Socket each : open) {
        each.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** How a key is treated in either call. */
  private record Treatment(Manner quota, Manner generation) {}

  /** A request as far as the fake looks at it. */
  private record Request(String line, String key) {

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");
    private static final Pattern KEY = Pattern.compile("(?i)authorization: *Bearer (.*)");

    /** Returns the next one; null if the other side has closed. */
    static Request read(InputStream in) throws IOException {
      var line = readLine(in);
      if (line.isEmpty()) {
        return null;
      }
      var length = 0;
      var key = "";
      for (var header = readLine(in); !header.isEmpty(); header = readLine(in)) {
        var lengths = LENGTH.matcher(header);
        if (lengths.matches()) {
          length = Integer.parseInt(lengths.group(1));
        }
        var keys = KEY.matcher(header);
        if (keys.matches()) {
          key = keys.group(1);
        }
      }
      in.skipNBytes(length);
      return new Request(line, key);
    }

    private static String readLine(InputStream in) throws IOException {
      var line = new StringBuilder();
      for (var next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
        line.append((char) next);
      }
      return line.toString().strip();
    }

    boolean isQuota() {
      return line.startsWith("GET /v1/token_plan/remains ");
    }

    boolean isKnown() {
      return isQuota() || line.startsWith("POST /v1/chat/completions ");
    }
  }

  private static final class Shared {
    static final ProviderFake ONLY = new ProviderFake();
  }
}
