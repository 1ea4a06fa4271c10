package dev.codingplans.gateway.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ContractTest {

  private static final Path GOLDEN =
      Path.of(System.getProperty("basedir", "."), "src", "test", "resources", "contract.txt");

  @Test
  @DisplayName("the contract has the public shape that was agreed on")
  void shapeIsAsAgreed() throws Exception {
    var shape = new ContractShape(classes()).text();
    if (Boolean.getBoolean("contract.write")) {
      Files.writeString(GOLDEN, shape);
    }

    assertThat(shape)
        .as(
            "The contract's public shape differs from %s. If that is meant, decide whether plugins or hosts"
                + " must change (major) or need not know (minor), then write the file anew:"
                + " mvn -pl gateway-spi test -Dtest=ContractTest -Dcontract.write=true",
            GOLDEN.toAbsolutePath().normalize())
        .isEqualTo(Files.readString(GOLDEN));
  }

  private static Path classes() throws URISyntaxException, IOException {
    return Path.of(GatewayPlugin.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
