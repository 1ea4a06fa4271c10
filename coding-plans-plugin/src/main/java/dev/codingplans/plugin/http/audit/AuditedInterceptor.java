package dev.codingplans.plugin.http.audit;

import dev.codingplans.plugin.audit.AuditEntry;
import dev.codingplans.plugin.catalog.Catalog;
import io.micronaut.aop.InterceptPhase;
import io.micronaut.aop.InterceptorBean;
import io.micronaut.aop.MethodInterceptor;
import io.micronaut.aop.MethodInvocationContext;
import io.micronaut.http.context.ServerRequestContext;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Makes each audited call together with its entry. */
@Singleton
@InterceptorBean(Audited.class)
class AuditedInterceptor implements MethodInterceptor<Object, @Nullable Object> {

  private final AuditedChange change;
  private final CallEntries entries;
  private final Catalog catalog;

  AuditedInterceptor(AuditedChange change, CallEntries entries, Catalog catalog) {
    this.change = change;
    this.entries = entries;
    this.catalog = catalog;
  }

  /** After validation: what is not even valid needs no transaction. */
  @Override
  public int getOrder() {
    return InterceptPhase.TRANSACTION.getPosition();
  }

  @Override
  public @Nullable Object intercept(MethodInvocationContext<Object, @Nullable Object> context) {
    var call =
        ServerRequestContext.currentRequest()
            .flatMap(request -> AuditedCall.of(request, catalog))
            .orElseThrow(() -> new IllegalStateException("an audited call without a request"));
    return switch (call.moment()) {
      case WITH_THE_CHANGE -> change.make(context::proceed, call);
      case WITH_THE_USERS_FROM_BEFORE -> change.make(context::proceed, call, entries.usersOf(call));
      case BEFORE_IT_BEGINS -> {
        entries.append(call, call.entry(AuditEntry.BEGUN));
        yield context.proceed();
      }
    };
  }
}
