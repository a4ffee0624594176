package dev.pictor.gateway.price;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The files beside this class, each read when one of its providers is first asked for. */
final class BundledPrices implements PriceCatalogue {

    static final BundledPrices INSTANCE = new BundledPrices();

    /** Which file has whose prices, so that a look-up reads one file at most. */
    static final Map<String, String> FILES = Map.ofEntries(
            Map.entry("aiml", "resellers.json"),
            Map.entry("aws.bedrock", "bedrock.json"),
            Map.entry("azure.ai.inference", "azure.json"),
            Map.entry("azure.ai.openai", "azure.json"),
            Map.entry("black_forest_labs", "black-forest-labs.json"),
            Map.entry("dashscope", "dashscope.json"),
            Map.entry("fal_ai", "resellers.json"),
            Map.entry("gcp.gemini", "google.json"),
            Map.entry("gcp.vertex_ai", "google.json"),
            Map.entry("nscale", "resellers.json"),
            Map.entry("openai", "openai.json"),
            Map.entry("photoroom", "photoroom.json"),
            Map.entry("recraft", "recraft.json"),
            Map.entry("removebg", "removebg.json"),
            Map.entry("runwayml", "runway.json"),
            Map.entry("stability", "stability.json"));

    private final Map<String, PriceTable> tables = new ConcurrentHashMap<>();

    private BundledPrices() {}

    @Override
    public Optional<PricedModel> find(String provider, String modelId) {
        @Nullable String file = FILES.get(provider);
        return file == null ? Optional.empty() : table(file).find(provider, modelId);
    }

    @Override
    public List<PricedModel> models() {
        return FILES.values().stream()
                .distinct()
                .sorted()
                .flatMap(file -> table(file).models().stream())
                .toList();
    }

    private PriceTable table(String file) {
        @Nullable PriceTable known = tables.get(file);
        return known != null ? known : tables.computeIfAbsent(file, BundledPrices::read);
    }

    private static PriceTable read(String file) {
        try (InputStream in = BundledPrices.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the price list " + file + " is missing from this artifact");
            }
            return new PriceTable(PriceReader.read(file, in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ", which is part of this artifact", e);
        }
    }
}
