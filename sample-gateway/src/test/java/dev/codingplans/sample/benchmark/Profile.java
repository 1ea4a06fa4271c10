package dev.codingplans.sample.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/** Where the CPU time of a contender goes, per request. */
final class Profile {

  private static final int CONNECTIONS = 32;
  private static final Duration LENGTH = Duration.ofSeconds(15);
  private static final int LONGEST = 20;

  /** Code that a gateway has and a bare proxy lacks. */
  private static final List<String> MORE_THAN_BARE =
      List.of("dev.codingplans.", "io.micronaut.security.", "io.micronaut.configuration.metrics.");

  private final double requests;
  private final Duration cpu;
  private final Map<CostArea, Duration> areas = new EnumMap<>(CostArea.class);
  private final Map<String, Duration> own = new HashMap<>();
  private final Map<String, Duration> withCallees = new HashMap<>();

  private Profile(double requests, Duration cpu) {
    this.requests = requests;
    this.cpu = cpu;
  }

  static Profile take(LoadGenerator clients, Contender contender, Path file) throws IOException {
    var recording = FlightRecording.start(contender.process());
    var before = contender.cpu();
    var result = clients.put(contender, CONNECTIONS, LENGTH);
    var profile = new Profile(result.answered(), contender.cpu().minus(before));
    recording.stop(file);
    try (var events = new RecordingFile(file)) {
      while (events.hasMoreEvents()) {
        profile.add(events.readEvent());
      }
    }
    if (profile.areas.isEmpty()) {
      throw new IllegalStateException("no samples in " + file);
    }
    return profile;
  }

  String tables(Profile bare) {
    return areasTable(bare)
        + "\n"
        + methodsTable("CPU µs/request of methods, without other owners' that they call", own)
        + "\n"
        + methodsTable(
            "CPU µs/request of methods beyond a bare proxy's, with all that they call",
            withCallees);
  }

  private String areasTable(Profile bare) {
    var table =
        new Table("CPU µs/request, by whose code runs", "", "gateway", "bare proxy", "more");
    Comparator<CostArea> byExtraCost =
        Comparator.comparingDouble(area -> micros(area) - bare.micros(area));
    Stream.of(CostArea.values())
        .sorted(byExtraCost.reversed())
        .forEach(area -> row(table, area.title, micros(area), bare.micros(area)));
    row(table, "the JVM itself (JIT, GC), and what no sample shows", unseen(), bare.unseen());
    row(table, "**all**", micros(cpu), bare.micros(bare.cpu));
    return table.text();
  }

  private static void row(Table table, String name, double micros, double bareMicros) {
    table.row(
        name,
        "%.1f".formatted(micros),
        "%.1f".formatted(bareMicros),
        "%+.1f".formatted(micros - bareMicros));
  }

  private String methodsTable(String title, Map<String, Duration> methods) {
    var table = new Table(title, "", "µs");
    methods.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(LONGEST)
        .forEach(
            method ->
                table.row(
                    "`" + method.getKey() + "`", "%.1f".formatted(micros(method.getValue()))));
    return table.text();
  }

  private void add(RecordedEvent sample) {
    if (!sample.getEventType().getName().equals("jdk.CPUTimeSample")
        || sample.getStackTrace() == null) {
      return;
    }
    var time = sample.getDuration("samplingPeriod");
    var methods =
        sample.getStackTrace().getFrames().stream()
            .map(RecordedFrame::getMethod)
            .filter(method -> method != null && !method.isHidden())
            .toList();
    var owner = methods.stream().filter(Profile::hasOwner).findFirst();
    areas.merge(
        owner.flatMap(method -> CostArea.of(className(method))).orElse(CostArea.OTHER),
        time,
        Duration::plus);
    owner.ifPresent(method -> own.merge(name(method), time, Duration::plus));
    methods.stream()
        .filter(method -> MORE_THAN_BARE.stream().anyMatch(className(method)::startsWith))
        .map(Profile::name)
        .distinct()
        .forEach(method -> withCallees.merge(method, time, Duration::plus));
  }

  private static boolean hasOwner(RecordedMethod method) {
    return CostArea.of(className(method)).isPresent();
  }

  private static String className(RecordedMethod method) {
    return method.getType().getName();
  }

  /** The name of a method as in its source: a lambda belongs to the method that holds it. */
  private static String name(RecordedMethod method) {
    var simpleName = className(method).substring(className(method).lastIndexOf('.') + 1);
    return simpleName + "." + method.getName().replaceFirst("^lambda\\$(\\w+)\\$\\d+$", "$1");
  }

  private double micros(CostArea area) {
    return micros(areas.getOrDefault(area, Duration.ZERO));
  }

  private double unseen() {
    return micros(areas.values().stream().reduce(cpu, Duration::minus));
  }

  private double micros(Duration time) {
    return time.toNanos() / 1e3 / requests;
  }
}
