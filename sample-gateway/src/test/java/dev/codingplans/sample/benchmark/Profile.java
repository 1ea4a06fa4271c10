package dev.codingplans.sample.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
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
  private static final String OUR_CODE = "dev.codingplans.";

  private final double requests;
  private final Duration cpu;
  private final Map<CostArea, Duration> areas = new EnumMap<>(CostArea.class);
  private final Map<String, Duration> ourMethods = new HashMap<>();

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
    return profile;
  }

  String tables(Profile bare) {
    return areasTable(bare) + "\n" + methodsTable();
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

  private String methodsTable() {
    var table = new Table("CPU µs/request of our methods, with all that they call", "", "µs");
    ourMethods.entrySet().stream()
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
            .filter(Objects::nonNull)
            .toList();
    areas.merge(area(methods), time, Duration::plus);
    methods.stream()
        .filter(method -> className(method).startsWith(OUR_CODE))
        .map(Profile::name)
        .collect(Collectors.toSet())
        .forEach(method -> ourMethods.merge(method, time, Duration::plus));
  }

  private static CostArea area(List<RecordedMethod> methods) {
    return methods.stream()
        .flatMap(method -> CostArea.of(className(method)).stream())
        .findFirst()
        .orElse(CostArea.OTHER);
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
