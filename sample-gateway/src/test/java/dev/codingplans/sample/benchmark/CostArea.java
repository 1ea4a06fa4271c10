package dev.codingplans.sample.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Who a piece of CPU time is counted for: the owner of the innermost frame that has one. */
enum CostArea {
  SOCKETS("sockets: reading, writing, selecting", "sun.nio.ch."),
  TOKENS(
      "the caller's token: parsing, signature, claims",
      "com.nimbusds.",
      "io.micronaut.security.",
      "dev.codingplans.sample.security."),
  LOGGING_CONTEXT(
      "the log's context: set and restored for every step",
      "ch.qos.logback.classic.util.LogbackMDCAdapter",
      "org.slf4j.MDC",
      "io.micronaut.context.propagation.",
      "io.micronaut.core.propagation."),
  LOGGING(
      "the log: a line per request",
      "ch.qos.logback.",
      "org.slf4j.",
      "dev.codingplans.sample.log.",
      "dev.codingplans.sample.proxy.RequestLog"),
  METRICS("metrics", "io.micrometer.", "io.micronaut.configuration.metrics.", "io.prometheus."),
  REQUEST_BODY(
      "the request's JSON: scan and rewrite",
      "com.fasterxml.",
      "dev.codingplans.sample.proxy.BodyScan",
      "dev.codingplans.sample.proxy.Json",
      "dev.codingplans.sample.proxy.RequestBody"),
  PLUGIN(
      "the plugin's decision",
      "dev.codingplans.entitlement.",
      "dev.codingplans.plugin.",
      "com.github.benmanes.caffeine."),
  GATEWAY("the rest of the gateway's own code", "dev.codingplans.sample."),
  REACTIVE("reactive operators", "reactor.", "io.micronaut.core.async.", "org.reactivestreams."),
  CLIENT("Micronaut's HTTP client", "io.micronaut.http.client."),
  SERVER("Micronaut's HTTP server, router and filters", "io.micronaut."),
  CODEC("Netty's HTTP codec", "io.netty.handler.codec."),
  NETTY("Netty's pipelines, buffers and event loops", "io.netty."),
  OTHER("without an owner");

  final String title;
  private final List<String> owners;

  CostArea(String title, String... owners) {
    this.title = title;
    this.owners = List.of(owners);
  }

  /** Finds the area of a class; the JDK's own have none. */
  static Optional<CostArea> of(String className) {
    return Arrays.stream(values())
        .filter(area -> area.owners.stream().anyMatch(className::startsWith))
        .findFirst();
  }
}
