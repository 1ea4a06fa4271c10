package dev.codingplans.gateway.spi.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.gateway.spi.GatewayPlugin;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** A plugin jar, compiled from source against this contract and nothing else. */
final class PluginJar {

  private static final String SERVICE = "META-INF/services/" + GatewayPlugin.class.getName();

  private final String name;
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, String> resources = new LinkedHashMap<>();
  private final List<String> providers = new ArrayList<>();
  private @Nullable String contract = ContractVersion.HOST.toString();

  private PluginJar(String name) {
    this.name = name;
  }

  static PluginJar named(String name) {
    return new PluginJar(name);
  }

  /** A jar with one plugin whose start does what the statements say, and then returns nothing. */
  static PluginJar withPlugin(String name, String id, String start) {
    return named(name)
        .source(
            "sample.Plugin",
            """
            package sample;

            import dev.codingplans.gateway.spi.*;
            import java.util.*;

            public final class Plugin implements GatewayPlugin {
              public String id() { return "%s"; }
              public List<String> faults(Map<String, String> settings) { return List.of("from " + id()); }
              public Registrations start(GatewayHost host) { %s; return null; }
              public void close() {}
            }
            """
                .formatted(id, start))
        .provider("sample.Plugin");
  }

  PluginJar source(String className, String text) {
    sources.put(className, text);
    return this;
  }

  PluginJar resource(String path, String text) {
    resources.put(path, text);
    return this;
  }

  PluginJar provider(String className) {
    providers.add(className);
    return this;
  }

  PluginJar contract(@Nullable String version) {
    contract = version;
    return this;
  }

  Path writeTo(Path folder) throws IOException {
    var classes = Files.createTempDirectory(folder, "classes");
    compileInto(classes);
    var jar = folder.resolve(name);
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest())) {
      try (var files = Files.walk(classes)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          put(
              out,
              classes.relativize(file).toString().replace('\\', '/'),
              Files.readAllBytes(file));
        }
      }
      for (var resource : resources.entrySet()) {
        put(out, resource.getKey(), resource.getValue().getBytes(StandardCharsets.UTF_8));
      }
      if (!providers.isEmpty()) {
        put(out, SERVICE, String.join("\n", providers).getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  private Manifest manifest() {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (contract != null) {
      manifest.getMainAttributes().putValue(ContractVersion.ATTRIBUTE, contract);
    }
    return manifest;
  }

  private void compileInto(Path classes) {
    if (sources.isEmpty()) {
      return;
    }
    var messages = new StringWriter();
    var options = List.of("-d", classes.toString(), "-cp", contractClasses(), "-proc:none");
    var units = sources.entrySet().stream().map(e -> new Source(e.getKey(), e.getValue())).toList();
    var compiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(messages, null, null, options, null, units)
            .call();
    assertThat(compiled).as(messages.toString()).isTrue();
  }

  private static String contractClasses() {
    try {
      var location = GatewayPlugin.class.getProtectionDomain().getCodeSource().getLocation();
      return Path.of(location.toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static void put(JarOutputStream out, String path, byte[] bytes) throws IOException {
    out.putNextEntry(new JarEntry(path));
    out.write(bytes);
    out.closeEntry();
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String className, String text) {
      super(
          URI.create("string:///" + className.replace('.', '/') + ".java"),
          JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
