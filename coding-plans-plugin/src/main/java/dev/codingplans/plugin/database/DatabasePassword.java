package dev.codingplans.plugin.database;

import dev.codingplans.gateway.spi.entitlement.Secret;
import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;

/** Gives each data source the password, which as a property would be traced to the log. */
@Singleton
class DatabasePassword implements BeanCreatedEventListener<DatasourceConfiguration> {

  private final DatabaseSettings settings;

  DatabasePassword(DatabaseSettings settings) {
    this.settings = settings;
  }

  @Override
  public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
    var dataSource = event.getBean();
    settings.password().map(Secret::reveal).ifPresent(dataSource::setPassword);
    return dataSource;
  }
}
