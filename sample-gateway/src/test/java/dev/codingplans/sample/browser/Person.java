package dev.codingplans.sample.browser;

/** Somebody who can sign in. */
public sealed interface Person permits Customer, Operator {

  String id();

  /** Returns what the person signs in with. */
  String token();
}
