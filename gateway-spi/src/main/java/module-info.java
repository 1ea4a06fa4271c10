/** The contract between a gateway and its plugins. */
module dev.codingplans.gateway.spi {
  requires static org.jspecify;

  exports dev.codingplans.gateway.spi;
  exports dev.codingplans.gateway.spi.apikeys;
  exports dev.codingplans.gateway.spi.catalog;
  exports dev.codingplans.gateway.spi.console;
  exports dev.codingplans.gateway.spi.entitlement;
  exports dev.codingplans.gateway.spi.identity;
  exports dev.codingplans.gateway.spi.lifecycle;
  exports dev.codingplans.gateway.spi.loader;
  exports dev.codingplans.gateway.spi.usage;

  uses dev.codingplans.gateway.spi.GatewayPlugin;
}
