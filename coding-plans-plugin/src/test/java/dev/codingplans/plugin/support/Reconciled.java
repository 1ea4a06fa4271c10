package dev.codingplans.plugin.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.codingplans.plugin.support.TestPlugin.Answer;

/** The end of every race and crash: the books are right (L3). */
public final class Reconciled {

  private Reconciled() {}

  public static void assertReconciled(TestPlugin plugin) {
    assertReconciled(plugin.get("/admin/api/reconciliation", "admin:root"));
  }

  /** Asserts that the answer of a reconciliation names no violation and no parked account. */
  public static void assertReconciled(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().get("ok").asBoolean()).as(answer.body()).isTrue();
    assertThat(answer.json().get("checks")).isNotEmpty();
    assertThat(answer.json().get("parkedAccounts")).isEmpty();
  }
}
