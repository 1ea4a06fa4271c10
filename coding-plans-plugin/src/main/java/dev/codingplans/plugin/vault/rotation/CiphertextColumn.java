package dev.codingplans.plugin.vault.rotation;

import dev.codingplans.plugin.vault.Place;
import java.util.List;
import java.util.UUID;

/**
 * A table whose column {@code ciphertext} the vault encrypts, and how the place of each is found.
 *
 * @param id what identifies a row, in SQL
 * @param owner whose secret a row holds, in SQL
 */
record CiphertextColumn(String table, String id, String owner) {

  /** Every one there is. A test reads the schema and fails if one is missing. */
  static final List<CiphertextColumn> ALL =
      List.of(
          new CiphertextColumn("credential", "id", "provider_id"),
          new CiphertextColumn("byok_key", "id", "user_id"),
          new CiphertextColumn(
              "upload_line",
              "id",
              "(select provider_id from coding_plans.upload where upload.id = upload_id)"),
          new CiphertextColumn(
              "vault_canary",
              "cast('00000000-0000-0000-0000-000000000000' as uuid)",
              "'coding-plans'"));

  Place placeOf(UUID row, String owner) {
    return new Place(table, row, owner);
  }
}
