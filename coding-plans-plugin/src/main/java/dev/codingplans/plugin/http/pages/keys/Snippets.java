package dev.codingplans.plugin.http.pages.keys;

import static dev.codingplans.plugin.http.pages.keys.Snippet.PLACEHOLDER;

import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.plugin.catalog.Catalog;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** How clients and coding agents are told of the gateway. */
@Singleton
class Snippets {

  private static final String OPENAI_PYTHON =
      """
      from openai import OpenAI

      client = OpenAI(base_url="{address}/v1", api_key="{key}")
      answer = client.chat.completions.create(
          model="{model}",
          messages=[{"role": "user", "content": "Hello"}],
      )
      print(answer.choices[0].message.content)""";

  private static final String OPENAI_CURL =
      """
      curl {address}/v1/chat/completions \\
        -H "Authorization: Bearer {key}" \\
        -H "Content-Type: application/json" \\
        -d '{"model": "{model}", "messages": [{"role": "user", "content": "Hello"}]}'""";

  private static final String ANTHROPIC_PYTHON =
      """
      from anthropic import Anthropic

      client = Anthropic(base_url="{address}", api_key="{key}")
      message = client.messages.create(
          model="{model}",
          max_tokens=1024,
          messages=[{"role": "user", "content": "Hello"}],
      )
      print(message.content)""";

  /** Its small model does chores; without one of its own it would ask for one of Anthropic's. */
  private static final String CLAUDE_CODE =
      """
      unset ANTHROPIC_API_KEY
      export ANTHROPIC_BASE_URL="{address}"
      export ANTHROPIC_AUTH_TOKEN="{key}"
      export ANTHROPIC_MODEL="{model}"
      export ANTHROPIC_DEFAULT_HAIKU_MODEL="{model}"
      claude""";

  private static final String OPENCODE =
      """
      {
        "$schema": "https://opencode.ai/config.json",
        "model": "gateway/{model}",
        "provider": {
          "gateway": {
            "npm": "@ai-sdk/openai-compatible",
            "name": "Gateway",
            "options": {
              "baseURL": "{address}/v1",
              "apiKey": "{key}"
            },
            "models": {
              "{model}": {}
            }
          }
        }
      }""";

  private static final String NO_MODEL = "provider/model";

  private final String model;

  Snippets(Catalog catalog) {
    this.model =
        catalog.providerList().stream()
            .flatMap(provider -> provider.models().stream().map(name -> provider.id() + "/" + name))
            .findFirst()
            .orElse(NO_MODEL);
  }

  /**
   * @param address the gateway's, without a path
   * @param key one that was just made
   */
  List<Snippet> of(String address, Optional<Secret> key) {
    return List.of(
        snippet(
            "openai-python", "OpenAI (Python)", "keys.hint.openai", OPENAI_PYTHON, address, key),
        snippet("openai-curl", "OpenAI (curl)", "keys.hint.curl", OPENAI_CURL, address, key),
        snippet(
            "anthropic-python",
            "Anthropic (Python)",
            "keys.hint.anthropic",
            ANTHROPIC_PYTHON,
            address,
            key),
        snippet("claude-code", "Claude Code", "keys.hint.claude_code", CLAUDE_CODE, address, key),
        snippet("opencode", "opencode", "keys.hint.opencode", OPENCODE, address, key));
  }

  private Snippet snippet(
      String id, String title, String hint, String form, String address, Optional<Secret> key) {
    var text =
        form.replace("{address}", address).replace("{model}", model).replace("{key}", PLACEHOLDER);
    return new Snippet(id, title, hint, text, key);
  }
}
