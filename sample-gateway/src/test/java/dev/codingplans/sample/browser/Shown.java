package dev.codingplans.sample.browser;

import java.util.Locale;

/** A page, and who looks at it. */
enum Shown {
  LOGIN("/login", Viewer.STRANGER),
  SUBSCRIPTIONS("/subscriptions", Viewer.CUSTOMER),
  SUBSCRIPTION("/subscriptions/coding-plans/{subscription}", Viewer.CUSTOMER),
  BYOK("/byok", Viewer.CUSTOMER),
  KEYS("/keys", Viewer.CUSTOMER),
  USAGE("/usage", Viewer.CUSTOMER),
  NOT_FOUND("/subscriptions/nothing-here", Viewer.CUSTOMER),
  STOCK("/admin/coding-plans", Viewer.OPERATOR),
  UPLOAD("/admin/coding-plans/uploads/{upload}", Viewer.OPERATOR),
  SUBSCRIBERS("/admin/coding-plans/subscriptions", Viewer.OPERATOR),
  OPERATION("/admin/coding-plans/operation", Viewer.OPERATOR),
  AUDIT("/admin/coding-plans/audit", Viewer.OPERATOR),
  USERS("/admin/users", Viewer.OPERATOR),
  ALLOCATIONS("/admin/allocations", Viewer.OPERATOR);

  private final String path;
  private final Viewer viewer;

  Shown(String path, Viewer viewer) {
    this.path = path;
    this.viewer = viewer;
  }

  /** Returns the address, with names in braces where ids are. */
  String path() {
    return path;
  }

  String path(String subscription, String upload) {
    return path.replace("{subscription}", subscription).replace("{upload}", upload);
  }

  Viewer viewer() {
    return viewer;
  }

  int status() {
    return this == NOT_FOUND ? 404 : 200;
  }

  /** Returns the name of its pictures. */
  String picture() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  enum Viewer {
    STRANGER,
    CUSTOMER,
    OPERATOR
  }
}
