package dev.codingplans.plugin.http.admin;

import dev.codingplans.gateway.spi.identity.UserId;
import dev.codingplans.plugin.account.FoundUser;
import dev.codingplans.plugin.account.UserSearch;
import dev.codingplans.plugin.credit.ladder.Ladder;
import dev.codingplans.plugin.credit.ladder.LadderSettings;
import dev.codingplans.plugin.http.Page;
import dev.codingplans.plugin.quota.Allowance;
import dev.codingplans.plugin.quota.Allowances;
import dev.codingplans.plugin.refusal.Refusal;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds users for an operator. */
@Controller("/admin/api/users")
@ExecuteOn(TaskExecutors.BLOCKING)
class UserSearchController {

  private final UserSearch search;
  private final Allowances allowances;
  private final Ladder ladder;

  UserSearchController(UserSearch search, Allowances allowances, LadderSettings settings) {
    this.search = search;
    this.allowances = allowances;
    this.ladder = settings.ladder();
  }

  /**
   * Lists the users whose ids contain the query, whatever its case: first those that start with it.
   */
  @Get
  Page<UserView> list(
      @Nullable @QueryValue String query,
      @Nullable @QueryValue String cursor,
      @QueryValue(defaultValue = "25") @Min(1) @Max(100) int limit) {
    var found = search.find(part(query), Page.keyOf(cursor), limit);
    var quotas = allowances.runningOf(found.users().stream().map(FoundUser::userId).toList());
    return new Page<>(
        found.users().stream()
            .map(user -> UserView.of(user, quotas.getOrDefault(user.userId(), List.of()), ladder))
            .toList(),
        found.next().orElse(null));
  }

  private static String part(@Nullable String query) {
    if (query == null || query.isEmpty()) {
      return "";
    }
    if (!UserId.isWellFormed(query)) {
      throw Refusal.invalid("query", "it must be a part of a user id, up to 128 characters");
    }
    return query;
  }

  /**
   * A user as an operator sees one.
   *
   * @param lastActiveAt when the user last used something that is charged by use
   * @param quotas the running allowances
   */
  record UserView(
      String userId,
      long balanceMicrodollars,
      String discountTier,
      @Nullable Instant firstPaidAt,
      @Nullable Instant lastActiveAt,
      long liveSubscriptions,
      List<QuotaView> quotas) {

    static UserView of(FoundUser user, List<Allowance> quotas, Ladder ladder) {
      return new UserView(
          user.userId(),
          user.balanceMicrodollars(),
          user.discountTier(ladder).name(),
          user.firstPaidAt(),
          user.lastActiveAt(),
          user.liveSubscriptions(),
          quotas.stream().map(QuotaView::of).toList());
    }
  }

  /** A running allowance of a user. */
  record QuotaView(String unit, String planId, long used, long total, Instant periodEnd) {

    static QuotaView of(Allowance allowance) {
      return new QuotaView(
          allowance.unit(),
          allowance.planId().value(),
          allowance.unitsUsed(),
          allowance.unitsTotal(),
          allowance.periodEnd());
    }
  }
}
