package dev.codingplans.plugin.catalog;

import dev.codingplans.gateway.spi.catalog.PlanId;
import dev.codingplans.plugin.database.PlanIdColumn;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** What was said of a plan. */
@MappedEntity("plan_sales_state")
record SalesStateRow(@Id @PlanIdColumn PlanId planId, String state) {}
