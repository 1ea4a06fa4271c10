package dev.codingplans.plugin.http.pages.operate;

import java.util.List;

/** How the plugin's work goes. */
record OperationPage(Operation operation, List<Light> lights) {

  static OperationPage of(Lights lights) {
    return new OperationPage(lights.operation(), lights.all());
  }
}
