package dev.codingplans.plugin.http.pages.operate;

import java.util.List;
import java.util.Optional;

/**
 * What admins did, or what of it the operator looks for.
 *
 * @param actions all that admins can do
 * @param next the address of the next rows, if there are any
 */
record AuditPage(
    AuditSearch search, List<String> actions, List<AuditRow> rows, Optional<String> next) {}
