package dev.codingplans.plugin.vault;

import dev.codingplans.plugin.settings.SettingsReader;
import dev.codingplans.plugin.vault.Keyset.MalformedKeysetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the keyset comes from.
 *
 * @param keyset the keyset, if there is one
 * @param missingFile where a fresh one is to be created otherwise
 */
public record VaultSettings(Optional<Keyset> keyset, Optional<Path> missingFile) {

  private static final String NAME = "CODING_PLANS_KEYSET";

  public static VaultSettings read(SettingsReader in) {
    var value = in.text(NAME);
    if (value.isEmpty()) {
      in.fault(NAME + ": it is required; `bin/gateway keyset` prints one.");
      return new VaultSettings(Optional.empty(), Optional.empty());
    }
    var missing = value.flatMap(SettingsReader::filePath).filter(file -> !Files.exists(file));
    if (missing.isPresent()) {
      return new VaultSettings(Optional.empty(), missing);
    }
    return new VaultSettings(
        in.textOrFile(NAME).flatMap(json -> parse(json, in)), Optional.empty());
  }

  private static Optional<Keyset> parse(String json, SettingsReader in) {
    try {
      return Optional.of(Keyset.parse(json));
    } catch (MalformedKeysetException e) {
      in.fault(NAME + ": " + e.getMessage() + "; `bin/gateway keyset` prints one.");
      return Optional.empty();
    }
  }
}
