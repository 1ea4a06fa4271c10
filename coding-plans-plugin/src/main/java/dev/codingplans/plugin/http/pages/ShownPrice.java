package dev.codingplans.plugin.http.pages;

import dev.codingplans.plugin.catalog.Plan;
import dev.codingplans.plugin.refusal.Refusal;
import java.util.Optional;

/** The price that a form showed: nobody pays another one than they have agreed to. */
public final class ShownPrice {

  /** The form's hidden field. */
  private static final String FIELD = "price";

  private ShownPrice() {}

  /** Refuses a form that showed another price than the plan has by now; the pages' all show one. */
  public static void require(Form form, Optional<? extends Plan> plan) {
    var shown = form.find(FIELD);
    var isOther =
        plan.map(known -> Long.toString(known.priceMicrodollars()))
            .filter(price -> shown.isPresent() && !shown.get().equals(price))
            .isPresent();
    if (isOther) {
      throw Refusal.invalid(FIELD, "it has changed since the form was opened");
    }
  }
}
