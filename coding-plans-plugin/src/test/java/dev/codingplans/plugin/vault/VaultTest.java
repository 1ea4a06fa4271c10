package dev.codingplans.plugin.vault;

import static dev.codingplans.plugin.support.TestPlugin.PLUS;
import static dev.codingplans.plugin.support.TestPlugin.require;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codingplans.gateway.spi.InvalidSettingsException;
import dev.codingplans.gateway.spi.entitlement.Entitlement;
import dev.codingplans.gateway.spi.entitlement.Secret;
import dev.codingplans.plugin.CodingPlansPlugin;
import dev.codingplans.plugin.support.TestDatabase;
import dev.codingplans.plugin.support.TestPlugin;
import dev.codingplans.plugin.vault.Vault.UndecipherableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {

  private static final Secret SECRET = Secret.of("sk-that-nobody-may-see");
  private static final Place PLACE = new Place("credential", UUID.randomUUID(), "minimax");

  private static TestPlugin plugin;

  @BeforeAll
  static void start() {
    plugin = TestPlugin.start();
  }

  @AfterAll
  static void stop() {
    plugin.close();
  }

  @Test
  @DisplayName("I6 what is encrypted for a place is read there, and never looks the same twice")
  void roundTrip() throws Exception {
    var vault = new Vault(Keyset.generate());
    var ciphertext = vault.encrypt(SECRET, PLACE);

    assertThat(vault.decrypt(ciphertext, PLACE)).isEqualTo(SECRET);
    assertThat(vault.encrypt(SECRET, PLACE)).isNotEqualTo(ciphertext);
  }

  @Test
  @DisplayName("I6 a ciphertext is plain AES-256-GCM with its place as associated data")
  void isAes256Gcm() throws Exception {
    var keyset = Keyset.generate();
    var ciphertext = new Vault(keyset).encrypt(SECRET, PLACE);
    var protobuf =
        new ObjectMapper()
            .readTree(keyset.toJson())
            .at("/encryption/key/0/keyData/value")
            .binaryValue();
    var key = Arrays.copyOfRange(protobuf, protobuf.length - 32, protobuf.length);

    // Tink writes a key id of 5 bytes and a nonce of 12 in front.
    var aes = Cipher.getInstance("AES/GCM/NoPadding");
    aes.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(key, "AES"),
        new GCMParameterSpec(128, ciphertext, 5, 12));
    aes.updateAAD(("credential\n" + PLACE.row() + "\nminimax").getBytes(StandardCharsets.UTF_8));
    var text = aes.doFinal(ciphertext, 17, ciphertext.length - 17);

    assertThat(text).isEqualTo(SECRET.revealBytes());
  }

  @Test
  @DisplayName("I6 a ciphertext decrypts at no other row, owner, or table, and if altered nowhere")
  void boundToItsPlace() throws Exception {
    var vault = new Vault(Keyset.generate());
    var ciphertext = vault.encrypt(SECRET, PLACE);
    var altered = ciphertext.clone();
    altered[altered.length - 1] ^= 1;

    for (Place other :
        List.of(
            new Place("credential", UUID.randomUUID(), "minimax"),
            new Place("credential", PLACE.row(), "acme"),
            new Place("byok_key", PLACE.row(), "minimax"))) {
      assertThatExceptionOfType(UndecipherableException.class)
          .isThrownBy(() -> vault.decrypt(ciphertext, other))
          .withMessageNotContaining(SECRET.reveal());
    }
    assertThatExceptionOfType(UndecipherableException.class)
        .isThrownBy(() -> vault.decrypt(altered, PLACE));
    assertThatExceptionOfType(UndecipherableException.class)
        .isThrownBy(() -> new Vault(Keyset.generate()).decrypt(ciphertext, PLACE));
  }

  @Test
  @DisplayName("I6 a fingerprint is the same for the same secret, and another under another keyset")
  void fingerprints() throws Exception {
    var vault = new Vault(Keyset.generate());

    assertThat(vault.fingerprint(SECRET))
        .hasSize(32)
        .isEqualTo(vault.fingerprint(Secret.of(SECRET.reveal())))
        .isNotEqualTo(vault.fingerprint(Secret.of(SECRET.reveal() + " ")))
        .isNotEqualTo(new Vault(Keyset.generate()).fingerprint(SECRET));
  }

  @Test
  @DisplayName("I6 a keyset is read from its text form, and shows nothing of itself")
  void textForm() throws Exception {
    var keyset = Keyset.generate();
    var ciphertext = new Vault(keyset).encrypt(SECRET, PLACE);
    var again = Keyset.parse(keyset.toJson());

    assertThat(new Vault(again).decrypt(ciphertext, PLACE)).isEqualTo(SECRET);
    assertThat(new Vault(again).fingerprint(SECRET))
        .isEqualTo(new Vault(keyset).fingerprint(SECRET));
    assertThat(keyset).hasToString("***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hunter2",
        "null",
        "[]",
        "{}",
        "\"hunter2\"",
        "{\"encryption\": {}, \"fingerprint\": {}}",
        "{\"encryption\": {\"primaryKeyId\": 1, \"key\": [\"hunter2\"]}}"
      })
  @DisplayName("I6 a malformed keyset is a fault that shows nothing of it")
  void malformedKeyset(String text) {
    assertThat(faultsWith(text))
        .singleElement()
        .asString()
        .startsWith("CODING_PLANS_KEYSET: it is no keyset")
        .doesNotContain("hunter2");
  }

  @Test
  @DisplayName("I6 a keyset whose keys are of the wrong kind is a fault")
  void swappedKeys() throws Exception {
    var json = new ObjectMapper();
    var right = json.readTree(Keyset.generate().toJson());
    var swapped = json.createObjectNode();
    swapped.set("encryption", right.get("fingerprint"));
    swapped.set("fingerprint", right.get("encryption"));

    assertThat(faultsWith(swapped.toString())).hasSize(1);
  }

  @Test
  @DisplayName("I6 an empty keyset file is a fault")
  void emptyFile(@TempDir Path folder) throws Exception {
    assertThat(faultsWith("file:" + Files.createFile(folder.resolve("empty")))).hasSize(1);
    assertThat(faultsWith("file:" + folder)).hasSize(1);
  }

  @Test
  @DisplayName("I6 another keyset refuses the start on a used database")
  void wrongKeyset() throws Exception {
    var database = TestDatabase.fresh();
    var keyset = Keyset.generate();
    TestPlugin.on(database, Map.of("CODING_PLANS_KEYSET", keyset.toJson()), List.of()).close();
    var json = new ObjectMapper();
    var mixed = json.createObjectNode();
    mixed.set("encryption", json.readTree(keyset.toJson()).get("encryption"));
    mixed.set("fingerprint", json.readTree(Keyset.generate().toJson()).get("fingerprint"));

    for (String wrong : List.of(Keyset.generate().toJson(), mixed.toString())) {
      assertThatExceptionOfType(InvalidSettingsException.class)
          .isThrownBy(
              () -> TestPlugin.on(database, Map.of("CODING_PLANS_KEYSET", wrong), List.of()))
          .withMessageContaining("another keyset");
    }
    TestPlugin.on(database, Map.of("CODING_PLANS_KEYSET", keyset.toJson()), List.of()).close();
  }

  @Test
  @DisplayName("I6 a missing keyset file is created for its owner only, and for no used database")
  void freshFile(@TempDir Path folder) throws Exception {
    var file = folder.resolve("deep").resolve("keyset.json");
    var setting = Map.of("CODING_PLANS_KEYSET", "file:" + file);
    var database = TestDatabase.fresh();

    TestPlugin.on(database, setting, List.of()).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    var keyset = Files.readString(file);
    TestPlugin.on(database, setting, List.of()).close();
    assertThat(file).hasContent(keyset);

    Files.delete(file);
    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(() -> TestPlugin.on(database, setting, List.of()))
        .withMessageContaining("does not exist");
    assertThat(file).doesNotExist();
  }

  @Test
  @DisplayName("I6 a keyset file that cannot be created is a fault of its setting")
  void fileInNoFolder(@TempDir Path folder) throws Exception {
    var noFolder = Files.createFile(folder.resolve("file"));

    assertThatExceptionOfType(InvalidSettingsException.class)
        .isThrownBy(
            () ->
                TestPlugin.on(
                    TestDatabase.fresh(),
                    Map.of("CODING_PLANS_KEYSET", "file:" + noFolder.resolve("keyset")),
                    List.of()))
        .withMessageContaining("CODING_PLANS_KEYSET");
  }

  @Test
  @DisplayName("I6 the check of settings creates no keyset file")
  void checkHasNoEffect(@TempDir Path folder) {
    assertThat(faultsWith("file:" + folder.resolve("keyset"))).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  @DisplayName("I6 an own key copied to another user's row serves nobody")
  void copiedBetweenUsers() {
    putKey("i6-owner", "sk-of-the-owner");
    putKey("i6-thief", "sk-of-the-thief");
    assertThat(plugin.resolve("i6-thief")).isInstanceOf(Entitlement.OwnKey.class);

    plugin
        .database()
        .execute(
            """
            update coding_plans.byok_key
               set ciphertext = (select ciphertext from coding_plans.byok_key where user_id = 'i6-owner')
             where user_id = 'i6-thief'""");

    try (var fresh = TestPlugin.on(plugin.database())) {
      assertThat(fresh.resolve("i6-thief")).isInstanceOf(Entitlement.Denied.class);
      assertThat(fresh.resolve("i6-owner")).isInstanceOf(Entitlement.OwnKey.class);
    }
  }

  @Test
  @DisplayName(
      "I6 a credential's text copied to another credential, or to an own key, serves nobody")
  void copiedFromStock() {
    plugin.stock(PLUS, 2);
    for (String user : List.of("i6-first", "i6-second")) {
      plugin.credit(user, 20);
      require(plugin.buy(user, PLUS), 201);
    }
    putKey("i6-copier", "sk-of-the-copier");

    plugin
        .database()
        .execute(
            """
            with first as (select ciphertext from coding_plans.credential where assigned_to = 'i6-first'),
                 copied as (update coding_plans.byok_key set ciphertext = (table first)
                             where user_id = 'i6-copier')
            update coding_plans.credential set ciphertext = (table first) where assigned_to = 'i6-second'""");

    try (var fresh = TestPlugin.on(plugin.database())) {
      assertThat(fresh.resolve("i6-second")).isInstanceOf(Entitlement.Denied.class);
      assertThat(fresh.resolve("i6-copier")).isInstanceOf(Entitlement.Denied.class);
      assertThat(fresh.resolve("i6-first")).isInstanceOf(Entitlement.PlanKey.class);
    }
  }

  @Test
  @DisplayName("I6 B2 no key is anywhere in the database in the clear")
  void nothingInTheClear() {
    var stocked = "sk-stocked-" + UUID.randomUUID();
    var bought = "sk-bought-" + UUID.randomUUID();
    var own = "sk-own-" + UUID.randomUUID();
    plugin.stock(PLUS, List.of(bought, stocked));
    plugin.credit("i6-buyer", 20);
    require(plugin.buy("i6-buyer", PLUS), 201);
    putKey("i6-own", own);

    assertThat(columnsHolding("i6-own")).as("the search finds what is there").isNotEmpty();
    for (String key : List.of(stocked, bought, own)) {
      assertThat(columnsHolding(key)).isEmpty();
      assertThat(columnsHolding(base64(key))).isEmpty();
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Searches every column of every table, as text or as bytes. */
  private static List<String> columnsHolding(String text) {
    return plugin
        .database()
        .texts(
            """
            select format(
                     'select %1$L from coding_plans.%2$I where '
                       || case data_type
                            when 'bytea' then 'position(convert_to($1, ''UTF8'') in %3$I) > 0'
                            else 'strpos(cast(%3$I as text), $1) > 0'
                          end,
                     table_name || '.' || column_name, table_name, column_name)
              from information_schema.columns
              join information_schema.tables using (table_schema, table_name)
             where table_schema = 'coding_plans' and table_type = 'BASE TABLE'""")
        .stream()
        .flatMap(search -> plugin.database().texts(search.replace("$1", "?"), text).stream())
        .distinct()
        .toList();
  }

  private static void putKey(String user, String key) {
    var answer =
        plugin.call(
            "PUT",
            "/api/byok/minimax",
            "user:" + user,
            "{\"apiKey\": \"" + key + "\", \"enabled\": true}");
    require(answer, 200);
  }

  private static List<String> faultsWith(String keyset) {
    return new CodingPlansPlugin()
        .faults(
            Map.of(
                "DATABASE_URL", "jdbc:postgresql://localhost/none", "CODING_PLANS_KEYSET", keyset));
  }
}
