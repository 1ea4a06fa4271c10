package dev.codingplans.sample.apidocs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;

/** An OpenAPI document that others can be merged into. Where two say different things, it wins. */
final class OpenApiDocument {

  private static final List<String> MERGED = List.of("paths", "components", "tags");

  /** Down to a path's methods and a component's name; what is below is never mixed. */
  private static final int DEPTH = 2;

  private final Map<String, Object> content;

  private OpenApiDocument(Map<String, Object> content) {
    this.content = content;
  }

  static OpenApiDocument parse(String yaml) {
    Object content = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    return new OpenApiDocument(content instanceof Map<?, ?> map ? copy(map) : Map.of());
  }

  /** Returns this document with the paths, components and tags of the other. */
  OpenApiDocument with(OpenApiDocument other) {
    var both = new LinkedHashMap<>(content);
    for (String part : MERGED) {
      var theirs = other.content.get(part);
      if (theirs != null) {
        both.merge(part, theirs, (mine, added) -> merge(mine, added, DEPTH));
      }
    }
    return new OpenApiDocument(both);
  }

  private static Object merge(Object mine, Object theirs, int depth) {
    if (depth > 0 && mine instanceof Map<?, ?> left && theirs instanceof Map<?, ?> right) {
      var both = copy(left);
      copy(right).forEach((key, value) -> both.merge(key, value, (a, b) -> merge(a, b, depth - 1)));
      return both;
    }
    if (depth > 0 && mine instanceof List<?> left && theirs instanceof List<?> right) {
      var both = new ArrayList<Object>(left);
      right.stream().filter(each -> !left.contains(each)).forEach(both::add);
      return both;
    }
    return mine;
  }

  private static Map<String, Object> copy(Map<?, ?> map) {
    var copy = new LinkedHashMap<String, Object>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    return copy;
  }

  String toYaml() {
    var options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    return new Yaml(new Representer(options), options).dump(content);
  }
}
