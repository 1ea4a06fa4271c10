package dev.codingplans.sample.browser;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the site and the browser once for all test classes, and gives each test its browsing. */
final class BrowserExtension implements ExecutionCondition, ParameterResolver, AfterEachCallback {

  private static final Logger LOG = LoggerFactory.getLogger(BrowserExtension.class);
  private static final Namespace NAMESPACE = Namespace.create(BrowserExtension.class);
  private static final boolean REQUIRED = "required".equals(System.getenv("BROWSER_TESTS"));

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    var missing = Chromium.missing();
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("there is a browser");
    }
    if (REQUIRED) {
      throw new IllegalStateException("BROWSER_TESTS=required, but " + missing.get());
    }
    if (context.getTestMethod().isEmpty()) {
      LOG.warn("*** SKIPPED: {}, because {}. ***", context.getDisplayName(), missing.get());
    }
    return ConditionEvaluationResult.disabled(missing.get());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    return type == Site.class || type == Browsing.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Site.class ? site(context) : browsing(context);
  }

  /** What went wrong on a page fails the test, whatever the test itself looked at. */
  @Override
  public void afterEach(ExtensionContext context) {
    var browsing = context.getStore(NAMESPACE).remove(Browsing.class, Browsing.class);
    if (browsing != null) {
      if (context.getExecutionException().isPresent()) {
        browsing.keep(
            context.getRequiredTestClass().getSimpleName()
                + "."
                + context.getRequiredTestMethod().getName());
      }
      browsing.end();
    }
  }

  private static Browsing browsing(ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            Browsing.class, key -> new Browsing(site(context), chromium(context)), Browsing.class);
  }

  private static Site site(ExtensionContext context) {
    return shared(context).getOrComputeIfAbsent(Site.class, key -> Site.start(), Site.class);
  }

  private static Chromium chromium(ExtensionContext context) {
    return shared(context)
        .getOrComputeIfAbsent(Chromium.class, key -> Chromium.start(), Chromium.class);
  }

  /** What is in here is closed when the last test class is done. */
  private static Store shared(ExtensionContext context) {
    return context.getRoot().getStore(NAMESPACE);
  }
}
