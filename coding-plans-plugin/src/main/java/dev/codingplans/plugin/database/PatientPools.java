package dev.codingplans.plugin.database;

import com.zaxxer.hikari.util.DriverDataSource;
import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Lets each pool have its connections back soon after an outage. */
@Singleton
class PatientPools implements BeanCreatedEventListener<DatasourceConfiguration> {

  private final Map<String, PatientDataSource> sources = new ConcurrentHashMap<>();

  @Override
  public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
    var pool = event.getBean();
    var source =
        new PatientDataSource(
            new DriverDataSource(
                pool.getUrl(),
                pool.getDriverClassName(),
                pool.getDataSourceProperties(),
                null,
                null));
    sources.put(pool.getName(), source);
    pool.setDataSource(source);
    return pool;
  }

  /** Tells whether a pool's latest attempt to connect was in vain. */
  boolean isFailing(String pool) {
    var source = sources.get(pool);
    return source != null && source.isFailing();
  }
}
