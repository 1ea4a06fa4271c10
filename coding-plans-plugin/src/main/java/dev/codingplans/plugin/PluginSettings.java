package dev.codingplans.plugin;

import dev.codingplans.entitlement.Coverage;
import dev.codingplans.plugin.audit.AuditSettings;
import dev.codingplans.plugin.billing.BillingSettings;
import dev.codingplans.plugin.catalog.Catalog;
import dev.codingplans.plugin.catalog.CatalogSettings;
import dev.codingplans.plugin.catalog.Plan;
import dev.codingplans.plugin.catalog.Provider;
import dev.codingplans.plugin.credential.health.HealthSettings;
import dev.codingplans.plugin.credential.revocation.RevocationSettings;
import dev.codingplans.plugin.credential.upload.UploadSettings;
import dev.codingplans.plugin.credit.ladder.LadderSettings;
import dev.codingplans.plugin.database.DatabaseSettings;
import dev.codingplans.plugin.entitlement.EntitlementSettings;
import dev.codingplans.plugin.event.delivery.EventSettings;
import dev.codingplans.plugin.http.ConsoleSettings;
import dev.codingplans.plugin.http.pages.PageSettings;
import dev.codingplans.plugin.payment.PaymentSettings;
import dev.codingplans.plugin.provider.minimax.MiniMaxSettings;
import dev.codingplans.plugin.settings.SettingsReader;
import dev.codingplans.plugin.subscription.SwapSettings;
import dev.codingplans.plugin.time.TimeSettings;
import dev.codingplans.plugin.usage.UsageSettings;
import dev.codingplans.plugin.vault.VaultSettings;
import java.time.Duration;
import java.util.stream.Collectors;

/** All settings of the plugin, read once and validated as a whole. */
record PluginSettings(
    DatabaseSettings database,
    VaultSettings vault,
    Catalog catalog,
    TimeSettings time,
    ConsoleSettings console,
    PageSettings pages,
    BillingSettings billing,
    PaymentSettings payments,
    EventSettings events,
    AuditSettings audit,
    UploadSettings uploads,
    MiniMaxSettings miniMax,
    RevocationSettings revocation,
    SwapSettings swap,
    HealthSettings health,
    UsageSettings usage,
    LadderSettings ladder,
    EntitlementSettings entitlement) {

  static PluginSettings read(SettingsReader in) {
    var catalog = CatalogSettings.read(in);
    var billing = BillingSettings.read(in, catalog);
    return new PluginSettings(
        DatabaseSettings.read(in),
        VaultSettings.read(in),
        catalog,
        TimeSettings.read(in),
        ConsoleSettings.read(in),
        PageSettings.read(in, EntitlementSettings.readSlack(in, billing.grace())),
        billing,
        PaymentSettings.read(in),
        EventSettings.read(in),
        AuditSettings.read(in),
        UploadSettings.read(in),
        MiniMaxSettings.read(in),
        RevocationSettings.read(in),
        SwapSettings.read(in),
        HealthSettings.read(in),
        UsageSettings.read(in),
        LadderSettings.read(in),
        entitlement(in, catalog, billing.grace()));
  }

  private static EntitlementSettings entitlement(
      SettingsReader in, Catalog catalog, Duration grace) {
    var cache = EntitlementSettings.readCache(in);
    return new EntitlementSettings(
        catalog.providerList().stream().map(Provider::id).collect(Collectors.toUnmodifiableSet()),
        catalog
            .credentialPlans()
            .collect(
                Collectors.toUnmodifiableMap(
                    Plan.Credential::id, plan -> Coverage.of(plan.models()))),
        EntitlementSettings.readSlack(in, grace),
        cache,
        EntitlementSettings.readChangeRetention(in, cache));
  }
}
