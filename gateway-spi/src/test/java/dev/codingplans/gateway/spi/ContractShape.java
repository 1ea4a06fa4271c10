package dev.codingplans.gateway.spi;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The public shape of the contract as text: every exported type with its members, sorted. */
final class ContractShape {

  private static final Set<String> OF_EVERY_RECORD = Set.of("equals", "hashCode", "toString");

  private final Path classes;

  ContractShape(Path classes) {
    this.classes = classes;
  }

  String text() throws IOException {
    return types().map(ContractShape::describe).collect(Collectors.joining("\n"));
  }

  /** The types that another module can name. */
  Stream<Class<?>> types() throws IOException {
    var exported = new ArrayList<Path>();
    for (var export : descriptor().exports()) {
      try (var files = Files.list(classes.resolve(export.source().replace('.', '/')))) {
        files.filter(file -> file.toString().endsWith(".class")).forEach(exported::add);
      }
    }
    return exported.stream()
        .map(file -> classes.relativize(file).toString())
        .map(name -> name.substring(0, name.length() - ".class".length()))
        .filter(name -> !name.endsWith("package-info"))
        .<Class<?>>map(name -> load(name.replace('/', '.').replace('\\', '.')))
        .filter(ContractShape::isVisible)
        .sorted((a, b) -> a.getName().compareTo(b.getName()));
  }

  private ModuleDescriptor descriptor() throws IOException {
    try (var in = Files.newInputStream(classes.resolve("module-info.class"))) {
      return ModuleDescriptor.read(in);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, ContractShape.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isVisible(Class<?> type) {
    return isOffered(type.getModifiers())
        && (type.getDeclaringClass() == null || isVisible(type.getDeclaringClass()));
  }

  private static boolean isOffered(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static String describe(Class<?> type) {
    return head(type)
        + "\n"
        + members(type).sorted().map(member -> "  " + member + "\n").collect(Collectors.joining());
  }

  private static String head(Class<?> type) {
    var parents = new ArrayList<Type>(List.of(type.getGenericInterfaces()));
    if (type.getSuperclass() != null && type.getSuperclass() != Object.class) {
      parents.addFirst(type.getGenericSuperclass());
    }
    return Stream.of(
            Arrays.stream(type.getAnnotations()).map(a -> "@" + a.annotationType().getName()),
            Stream.of(shorten(type.toGenericString())),
            parents.isEmpty() ? Stream.<String>of() : Stream.of("is " + names(parents)),
            type.isSealed()
                ? Stream.of("permits " + names(List.of(type.getPermittedSubclasses())))
                : Stream.<String>of())
        .flatMap(part -> part)
        .map(ContractShape::shorten)
        .collect(Collectors.joining(" "));
  }

  private static Stream<String> members(Class<?> type) {
    return Stream.of(
            type.isRecord() ? Stream.of("record (" + components(type) + ")") : Stream.<String>of(),
            offered(type.getDeclaredFields()).map(Field::toGenericString),
            offered(type.getDeclaredConstructors()).map(Constructor::toGenericString),
            offered(type.getDeclaredMethods())
                .filter(method -> !type.isRecord() || !OF_EVERY_RECORD.contains(method.getName()))
                .map(Method::toGenericString))
        .flatMap(part -> part)
        .map(text -> shorten(text.replace(type.getName() + ".", "")));
  }

  private static <M extends Member> Stream<M> offered(M[] members) {
    return Arrays.stream(members)
        .filter(member -> isOffered(member.getModifiers()) && !member.isSynthetic());
  }

  private static String components(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .map(ContractShape::component)
        .collect(Collectors.joining(", "));
  }

  private static String component(RecordComponent component) {
    return component.getGenericType().getTypeName() + " " + component.getName();
  }

  private static String names(List<? extends Type> types) {
    return types.stream().map(Type::getTypeName).collect(Collectors.joining(", "));
  }

  /** Leaves out the packages that everybody knows. */
  private static String shorten(String text) {
    return text.replaceAll("\\bjava\\.(lang|util|time|net|io|nio)(\\.[a-z]+)*\\.(?=[A-Z])", "")
        .replaceAll("(?<!^)\\bdev\\.codingplans\\.gateway\\.spi\\.", "");
  }
}
