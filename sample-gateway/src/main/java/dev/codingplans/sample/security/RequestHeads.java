package dev.codingplans.sample.security;

import dev.codingplans.gateway.spi.identity.RequestHead;
import io.micronaut.http.HttpRequest;
import java.util.HashMap;
import java.util.List;

/** Requests to the host's own routes, as the mount would pass them on to a plugin. */
public final class RequestHeads {

  private RequestHeads() {}

  /** Returns the head of a request, with the scheme by which the client reached the gateway. */
  public static RequestHead of(HttpRequest<?> request) {
    var headers = new HashMap<String, List<String>>();
    request
        .getHeaders()
        .names()
        .forEach(name -> headers.put(name, request.getHeaders().getAll(name)));
    headers.keySet().removeIf(ClientScheme.HEADER::equalsIgnoreCase);
    headers.put(ClientScheme.HEADER, List.of(ClientScheme.of(request)));
    return new RequestHead(request.getMethodName(), request.getUri().getRawPath(), headers);
  }
}
