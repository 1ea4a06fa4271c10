package dev.codingplans.sample.database;

import com.zaxxer.hikari.util.DriverDataSource;
import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;

/** Lets each pool have its connections back soon after an outage. */
@Singleton
class PatientPools implements BeanCreatedEventListener<DatasourceConfiguration> {

  @Override
  public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
    var pool = event.getBean();
    pool.setDataSource(
        new PatientDataSource(
            new DriverDataSource(
                pool.getUrl(),
                pool.getDriverClassName(),
                pool.getDataSourceProperties(),
                null,
                null)));
    return pool;
  }
}
