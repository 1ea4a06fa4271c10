package dev.codingplans.gateway.spi;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JavadocTest {

  private static final Path SOURCES =
      Path.of(System.getProperty("basedir", "."), "src", "main", "java");

  @Test
  @DisplayName("every public type and method of the contract says what it is")
  void everythingPublicIsDocumented() throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null);
        var sources = Files.walk(SOURCES)) {
      var paths = sources.filter(file -> file.toString().endsWith(".java")).toList();
      var task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(paths));
      var undocumented = new Undocumented(DocTrees.instance(task));
      for (CompilationUnitTree unit : task.parse()) {
        undocumented.scan(unit, null);
      }
      assertThat(undocumented.seen).isGreaterThan(50);
      assertThat(undocumented.found).isEmpty();
    }
  }

  private static final class Undocumented extends TreePathScanner<Void, Void> {

    private final DocTrees comments;
    private final List<String> found = new ArrayList<>();
    private int seen;

    Undocumented(DocTrees comments) {
      this.comments = comments;
    }

    @Override
    public Void visitClass(ClassTree type, Void nothing) {
      if (!isPublic(type.getModifiers())) {
        return null;
      }
      require(type.getSimpleName().toString());
      return super.visitClass(type, nothing);
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      if (isPublic(method.getModifiers()) && !overrides(method)) {
        require(method.getName().toString());
      }
      return null;
    }

    private void require(String name) {
      seen++;
      if (comments.getDocComment(getCurrentPath()) == null) {
        found.add(getCurrentPath().getCompilationUnit().getSourceFile().getName() + ": " + name);
      }
    }

    private boolean isPublic(ModifiersTree modifiers) {
      return modifiers.getFlags().contains(Modifier.PUBLIC) || isInInterface();
    }

    private boolean isInInterface() {
      return getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.INTERFACE;
    }

    private static boolean overrides(MethodTree method) {
      return method.getModifiers().getAnnotations().stream()
          .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
    }
  }
}
