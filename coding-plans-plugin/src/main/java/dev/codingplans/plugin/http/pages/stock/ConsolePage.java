package dev.codingplans.plugin.http.pages.stock;

import java.util.List;

/** The first page of the operator's console. */
record ConsolePage(
    List<ProviderStock> stock, List<PlanSale> sales, UploadForm upload, Queue queue) {}
