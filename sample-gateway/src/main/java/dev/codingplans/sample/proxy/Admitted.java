package dev.codingplans.sample.proxy;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.sample.proxy.OpenRequests.OpenRequest;

/** A request that was let in and read: what is asked, of whom, and by whom. */
record Admitted(Call call, OpenRequest open, UserId user, ModelName model, RequestBody body) {}
