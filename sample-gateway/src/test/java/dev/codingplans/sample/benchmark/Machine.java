package dev.codingplans.sample.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What the figures were measured on. */
final class Machine {

  private static final long GIBIBYTE = 1L << 30;

  private Machine() {}

  static String description() {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return "%d cores, %d GiB of memory, %s %s %s; %s %s%n"
        .formatted(
            system.getAvailableProcessors(),
            Math.round((double) system.getTotalMemorySize() / GIBIBYTE),
            system.getName(),
            system.getVersion(),
            system.getArch(),
            System.getProperty("java.vm.name"),
            Runtime.version());
  }
}
