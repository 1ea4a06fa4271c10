package dev.codingplans.sample.settings;

import java.util.regex.Pattern;

/**
 * The variables that Kubernetes puts into every container for each service of the namespace. A
 * service called {@code gateway} makes {@code GATEWAY_PORT=tcp://10.0.0.1:80}, which nobody wrote.
 */
final class KubernetesVariables {

  private static final Pattern NAME =
      Pattern.compile(
          ".+_SERVICE_HOST|.+_SERVICE_PORT(_.+)?|.+_PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?");
  private static final Pattern LINK = Pattern.compile("(tcp|udp|sctp)://.*");

  private KubernetesVariables() {}

  static boolean includes(String name, String value) {
    return NAME.matcher(name).matches()
        || (name.endsWith("_PORT") && LINK.matcher(value).matches());
  }
}
