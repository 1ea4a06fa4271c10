package dev.codingplans.sample.proxy;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MediaType;
import io.micronaut.http.body.CloseableByteBody;

/**
 * A provider's answer whose body may still be on its way.
 *
 * @param status the HTTP status
 * @param headers all of its headers
 * @param body the body, unread
 * @param abort ends the call at once unless it has ended, for when nobody waits for the rest
 */
record UpstreamAnswer(int status, HttpHeaders headers, CloseableByteBody body, Runnable abort) {

  boolean isJson() {
    return isOfType(MediaType.APPLICATION_JSON);
  }

  boolean isEventStream() {
    return isOfType(MediaType.TEXT_EVENT_STREAM);
  }

  private boolean isOfType(String name) {
    return headers.contentType().map(type -> type.getName().equalsIgnoreCase(name)).orElse(false);
  }

  /** Tells whether the body is in an encoding that the client of HTTP has not undone. */
  boolean isEncoded() {
    return headers
        .findFirst(HttpHeaders.CONTENT_ENCODING)
        .map(encoding -> !encoding.equalsIgnoreCase("identity"))
        .orElse(false);
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** Drops the body, and ends the call if there is more of it to come. */
  void discard() {
    body.close();
    abort.run();
  }
}
