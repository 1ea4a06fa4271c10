package dev.codingplans.sample.proxy;

import io.micronaut.http.HttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line for every request for inference (E9). There are as many as there are requests, so {@code
 * logback.xml} names this logger to have them written together.
 */
final class RequestLog {

  private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);

  private RequestLog() {}

  /** Tells of a request that somebody paid for, whatever came of it. */
  static void paid(Call call, ModelName model, Payment payment, HttpResponse<?> response) {
    LOG.info(
        "request={} provider={} model={} status={} payer={} why=\"{}\"",
        call.correlationId(),
        model.provider(),
        LogText.of(model.model()),
        response.code(),
        payment.payer().orElse("host"),
        payment.why());
  }

  /** Tells of a request that was refused before anybody paid. */
  static void refused(Call call, Throwable failure, HttpResponse<?> response) {
    LOG.info(
        "request={} status={} payer=none why=\"{}\"",
        call.correlationId(),
        response.code(),
        failure instanceof RefusalException refused ? refused.refusal().code().text() : "failure");
  }
}
