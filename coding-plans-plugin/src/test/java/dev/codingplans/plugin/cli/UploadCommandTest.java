package dev.codingplans.plugin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.codingplans.plugin.cli.FakeGateway.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The upload of an operator's file")
class UploadCommandTest {

  private static final String TAKE = "POST /admin/api/inventory/uploads";
  private static final String LOOK = "GET /admin/api/inventory/uploads/7";

  private final FakeGateway gateway = new FakeGateway();

  @TempDir private Path folder;

  @BeforeEach
  void takeUploads() {
    gateway.on(TAKE, new Answer(202, "{\"id\":\"7\"}"));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  @DisplayName("I3 names the lines that were not taken by their numbers in the file, and no key")
  void report() throws IOException {
    gateway.on(
        LOOK,
        new Answer(200, job("running", "{\"line\":1,\"outcome\":\"stored\"}")),
        Answer.problem(503, "unavailable", "The gateway is being restarted."),
        new Answer(
            200,
            job(
                "done",
                "{\"line\":1,\"outcome\":\"stored\"}",
                "{\"line\":2,\"outcome\":\"malformed\"}",
                "{\"line\":3,\"outcome\":\"unverified\"}",
                "{\"line\":4,\"outcome\":\"rejected\"}")));

    var typed =
        upload(
            "\uFEFFsk-hidden-1::u\r\n\r\nsk-hidden-3::u\r\nsk-hidden-4::u\r\n\r\n \r\n",
            "--partial");

    assertThat(typed.exitCode()).isEqualTo(1);
    assertThat(typed.out())
        .isEqualToNormalizingNewlines(
            """
            LINE  OUTCOME
               2  malformed
               4  rejected
            """);
    assertThat(typed.err())
        .contains("Upload 7, 4 lines", "1 of 4 lines checked", "4 of 4 lines checked")
        .contains("1 malformed, 1 rejected, 1 stored, 1 unverified")
        .contains("credentials --status unverified");
    assertThat(typed.all()).doesNotContain("hidden");
    assertThat(sent())
        .isEqualTo(
            """
            {"providerId":"minimax","planId":"plus","mode":"partial","dryRun":false,\
            "entries":["sk-hidden-1::u","","sk-hidden-3::u","sk-hidden-4::u"]}""");
  }

  @Test
  @DisplayName("succeeds in silence on standard output when every line is good")
  void good() throws IOException {
    gateway.on(LOOK, job("done", "{\"line\":1,\"outcome\":\"verified\"}"));

    var typed = upload("sk-hidden-1::u", "--dry-run");

    assertThat(typed.exitCode()).as(typed.all()).isZero();
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err()).contains("1 verified");
    assertThat(sent()).contains("\"dryRun\":true", "\"mode\":\"all_or_nothing\"");
  }

  @Test
  @DisplayName("prints the whole outcome for a program, and a bar for a person")
  void jsonAndBar() throws IOException {
    gateway.on(LOOK, job("done", "{\"line\":1,\"outcome\":\"duplicate\"}"));
    var variables = Map.of("GATEWAY_URL", gateway.url(), "GATEWAY_TOKEN", Typed.TOKEN);

    var typed =
        Typed.in(
            variables,
            "sk-hidden-1::u\n",
            true,
            "upload",
            "--provider",
            "minimax",
            "--plan",
            "plus",
            "--json",
            "-");

    assertThat(typed.exitCode()).isEqualTo(1);
    assertThat(new ObjectMapper().readTree(typed.out()).at("/results/0/outcome").asText())
        .isEqualTo("duplicate");
    assertThat(typed.err()).contains("\r[##############################] 1/1 lines checked\n");
    assertThat(Progress.bar(1, 3)).isEqualTo("[##########....................] 1/3");
  }

  @Test
  @DisplayName("sends nothing of a file that is empty, too long, or no text")
  void unusable() throws IOException {
    for (var text :
        List.of("", "\n\n", "k::u\n".repeat(1001), "\n".repeat(3000), "x".repeat(20_000))) {
      var typed = upload(text);
      assertThat(typed.exitCode()).as(typed.all()).isEqualTo(2);
    }
    var binary = folder.resolve("binary");
    Files.write(binary, new byte[] {'h', 'i', 'd', (byte) 0xff, (byte) 0xfe});
    assertThat(upload(binary).err()).contains("no text in UTF-8").doesNotContain("hid\n");
    assertThat(upload(folder.resolve("absent")).err())
        .contains("The file cannot be read.")
        .doesNotContain("absent");
    assertThat(gateway.asked()).isEmpty();

    gateway.on(LOOK, job("done", results(1000)));
    assertThat(upload("k::u\n".repeat(1000)).exitCode()).isZero();
  }

  @Test
  @DisplayName("stops waiting in time and says that the upload goes on")
  void impatient() throws IOException {
    gateway.on(LOOK, job("running"));

    var typed = upload("sk-hidden-1::u", "--wait", "PT0.3S");

    assertThat(typed.exitCode()).isEqualTo(1);
    assertThat(typed.err()).contains("goes on by itself", "/admin/api/inventory/uploads/7");
  }

  @Test
  @DisplayName("tells a refusal, for example of a plan that is none")
  void refused() throws IOException {
    gateway.on(TAKE, Answer.problem(404, "unknown_plan", "There is no such plan."));

    var typed = upload("sk-hidden-1::u");

    assertThat(typed.exitCode()).isEqualTo(1);
    assertThat(typed.err()).contains("There is no such plan. (unknown_plan, correlation id c-1)");
    assertThat(typed.all()).doesNotContain("hidden");
  }

  private String sent() {
    return gateway.asked().getFirst().body();
  }

  private Typed upload(String text, String... more) throws IOException {
    return upload(
        Files.writeString(folder.resolve("keys.txt"), text, StandardCharsets.UTF_8), more);
  }

  private Typed upload(Path file, String... more) {
    var words =
        new ArrayList<>(
            List.of("upload", "--provider", "minimax", "--plan", "plus", file.toString()));
    words.addAll(List.of(more));
    return Typed.at(gateway.url(), words.toArray(String[]::new));
  }

  private static String[] results(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(line -> "{\"line\":" + line + ",\"outcome\":\"stored\"}")
        .toArray(String[]::new);
  }

  private static String job(String state, String... results) {
    return "{\"id\":\"7\",\"state\":\"%s\",\"total\":%d,\"results\":[%s]}"
        .formatted(state, state.equals("done") ? results.length : 4, String.join(",", results));
  }
}
