package dev.codingplans.plugin.http.pages;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import jakarta.inject.Singleton;
import java.util.Map;

/** The templates, which were compiled when the jar was built. Whatever they print is escaped. */
@Singleton
final class PageTemplates {

  private final TemplateEngine engine;

  PageTemplates() {
    this.engine = load(PageTemplates.class.getClassLoader());
  }

  /** The engine takes its classes from the thread's loader, which may be the host's. */
  private static TemplateEngine load(ClassLoader own) {
    var thread = Thread.currentThread();
    var others = thread.getContextClassLoader();
    thread.setContextClassLoader(own);
    try {
      return TemplateEngine.createPrecompiled(
          null, ContentType.Html, own, PageTemplates.class.getPackageName());
    } finally {
      thread.setContextClassLoader(others);
    }
  }

  /** Returns the whole text before any of it is sent: a page is an answer, or an error is. */
  String render(String template, Map<String, Object> parameters) {
    var out = new StringOutput();
    engine.render(template, parameters, out);
    return out.toString();
  }
}
