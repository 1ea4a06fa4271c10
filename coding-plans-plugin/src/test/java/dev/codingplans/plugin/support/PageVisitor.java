package dev.codingplans.plugin.support;

import dev.codingplans.plugin.support.TestPlugin.Answer;

/**
 * Somebody who looks at pages and sends their forms, as a browser without scripts does.
 *
 * @param caller whom the host takes the visitor for, for example {@code user:ada}
 */
public record PageVisitor(TestPlugin plugin, String caller) {

  private static final String FORM = "application/x-www-form-urlencoded";

  public static PageVisitor of(TestPlugin plugin, String user) {
    return new PageVisitor(plugin, "user:" + user);
  }

  /** Opens a page that there is. */
  public VisitedPage open(String path) {
    var answer = plugin.get(path, caller);
    TestPlugin.require(answer, 200);
    return new VisitedPage(this, path, answer.body());
  }

  /** Opens a part of a page, as its script does. */
  public VisitedPage part(String path) {
    var answer = plugin.call("GET", path, caller, "", "HX-Request", "true");
    TestPlugin.require(answer, 200);
    return new VisitedPage(this, path, answer.body());
  }

  /** Sends a form's fields and returns what came back, as it is. */
  public Answer post(String path, String body) {
    return plugin.call("POST", path, caller, body, "content-type", FORM);
  }

  VisitedPage follow(Answer answer) {
    TestPlugin.require(answer, 303);
    return open(answer.header("location"));
  }
}
