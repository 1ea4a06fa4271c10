package dev.codingplans.sample;

import dev.codingplans.sample.stub.StubPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Packs the stub plugin into a jar, as a plugin comes to a host. */
final class StubPluginJar {

  private StubPluginJar() {}

  static void writeTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Gateway-Spi-Version", "1.0");
    var classes = Path.of("target/test-classes");
    var stub = classes.resolve(StubPlugin.class.getPackageName().replace('.', '/'));
    try (var jar =
            new JarOutputStream(Files.newOutputStream(folder.resolve("stub.jar")), manifest);
        var files = Files.list(stub)) {
      for (var file : files.sorted().toList()) {
        put(jar, classes.relativize(file).toString(), Files.readAllBytes(file));
      }
      put(
          jar,
          "META-INF/services/dev.codingplans.gateway.spi.GatewayPlugin",
          StubPlugin.class.getName().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(content);
    jar.closeEntry();
  }
}
