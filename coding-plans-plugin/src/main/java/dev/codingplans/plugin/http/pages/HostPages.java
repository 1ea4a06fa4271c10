package dev.codingplans.plugin.http.pages;

import dev.codingplans.gateway.spi.apikeys.ApiKeys;
import dev.codingplans.gateway.spi.identity.SignIn;
import java.util.Optional;

/** What the host adds to the pages: where to sign in, and its own API keys. */
public record HostPages(Optional<SignIn> signIn, Optional<ApiKeys> apiKeys) {}
