package dev.codingplans.sample;

import java.util.Arrays;
import java.util.List;

/**
 * What was typed after {@code bin/gateway}.
 *
 * @param demo whether {@code --demo} was among it
 * @param words the rest: a command and its options, or nothing to run the gateway
 */
record CommandLine(boolean demo, List<String> words) {

  private static final String DEMO = "--demo";

  static CommandLine parse(String... arguments) {
    var all = Arrays.asList(arguments);
    return new CommandLine(
        all.contains(DEMO), all.stream().filter(word -> !word.equals(DEMO)).toList());
  }
}
