package dev.codingplans.plugin.http.pages.detail;

/** What a user is told before a deed is done. */
record ConfirmPage(DetailPage detail, Deed deed) {

  /** Returns where the deed is done. */
  String action() {
    return detail.path() + "/" + deed.key();
  }

  /** Returns the key of what will come of it. */
  String effect() {
    return "detail." + deed.key() + "." + (deed == Deed.CANCEL ? ofCancelling() : ofResuming());
  }

  private String ofCancelling() {
    return detail.standing().key();
  }

  private String ofResuming() {
    if (!detail.standing().isPastDue()) {
      return "active";
    }
    if (detail.row().parked()) {
      return "parked";
    }
    return detail.renewsOnResume() ? "past_due_funded" : "past_due_unfunded";
  }
}
