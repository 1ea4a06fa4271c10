package dev.codingplans.plugin.http.audit;

import io.micronaut.aop.Around;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A call by which an admin changes something. A change is never without its entry in the audit log,
 * and an attempt that fails has one too. A test finds calls that lack this.
 */
@Documented
@Around
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Audited {

  /** What is done: a stable name with a dot, such as {@code subscription.terminate}. */
  String value();

  /**
   * What it is done to: a kind, and after a colon which one. A name in braces is that of a part of
   * the path; if the path has no {@code id}, it is the last part of the answer's {@code Location}.
   */
  String target();

  /** When the entry is written. */
  Moment written() default Moment.WITH_THE_CHANGE;

  /** When an entry is written. */
  enum Moment {
    /** In the transaction of the change, when it is known what came of it. */
    WITH_THE_CHANGE,
    /**
     * In the transaction of the change, about the users that were found before it: a deletion then
     * takes the user's name from this entry as from all others.
     */
    WITH_THE_USERS_FROM_BEFORE,
    /** In a transaction of its own, before anything is done: it takes several. */
    BEFORE_IT_BEGINS
  }
}
