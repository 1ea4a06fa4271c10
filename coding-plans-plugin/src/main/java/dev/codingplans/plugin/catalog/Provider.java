package dev.codingplans.plugin.catalog;

import dev.codingplans.gateway.spi.catalog.ProviderId;
import java.util.List;

/** The vendor behind plans, and the models that are listed for it. */
public record Provider(ProviderId id, String name, List<String> models) {}
