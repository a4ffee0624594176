package dev.pictor.benchmarks;

import dev.pictor.gateway.Gateway;
import dev.pictor.gateway.GatewayBuilder;
import dev.pictor.gateway.PictureCheck;
import dev.pictor.gateway.budget.Budget;
import dev.pictor.gateway.budget.Budgets;
import dev.pictor.gateway.budget.MemoryLedger;
import dev.pictor.gateway.cache.CacheSettings;
import dev.pictor.gateway.resilience.BulkheadPolicy;
import dev.pictor.gateway.resilience.RetryPolicy;
import dev.pictor.gateway.routing.Routers;
import dev.pictor.model.ImageModelAdapter;
import java.time.Duration;
import java.time.ZoneOffset;

/** How gateways are set up to be measured. */
public final class Gateways {

    /** More than all calls of a measurement cost. */
    private static final String PLENTY = "1000000000";

    private static final int PLACES = 1_024;
    private static final long CACHE_BYTES = 16L << 20;

    private Gateways() {}

    /**
     * Everything on: routing over two candidates, cache, single-flight, retry, breaker, bulkhead, a limit for each
     * attempt and four budgets. Only pictures are not decoded: a no-op model has none worth it.
     */
    public static GatewayBuilder everythingOn(ImageModelAdapter first, ImageModelAdapter second) {
        return Gateway.builder(first)
                .addImageModel(second)
                .router(Routers.cheapest())
                .cache(CacheSettings.builder().maxBytes(CACHE_BYTES).build())
                .retry(RetryPolicy.builder()
                        .attemptLimit(Duration.ofSeconds(60))
                        .build())
                .bulkhead(BulkheadPolicy.builder(PLACES).build())
                .budgets(fourBudgets(PLENTY))
                .pictureCheck(PictureCheck.none());
    }

    /** One budget for each of global, tenant, user and model, and with all kinds of periods. */
    public static Budgets fourBudgets(String dollars) {
        return Budgets.builder(MemoryLedger.create())
                .add(Budget.usd(dollars))
                .add(Budget.usd(dollars).perTenant().perMonth(ZoneOffset.UTC))
                .add(Budget.usd(dollars).perUser().perDay(ZoneOffset.UTC))
                .add(Budget.usd(dollars).perModel().perDay(ZoneOffset.UTC))
                .build();
    }
}
