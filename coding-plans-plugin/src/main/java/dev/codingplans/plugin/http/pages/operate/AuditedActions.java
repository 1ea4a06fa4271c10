package dev.codingplans.plugin.http.pages.operate;

import dev.codingplans.plugin.http.audit.Audited;
import io.micronaut.web.router.Router;
import jakarta.inject.Singleton;
import java.util.List;

/** The names of all that admins can do, as the audit log has them. */
@Singleton
class AuditedActions {

  private final List<String> names;

  AuditedActions(Router router) {
    this.names =
        router
            .uriRoutes()
            .flatMap(route -> route.getAnnotationMetadata().stringValue(Audited.class).stream())
            .distinct()
            .sorted()
            .toList();
  }

  List<String> names() {
    return names;
  }
}
