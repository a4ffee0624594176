package dev.pictor.gateway.price;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pictor.gateway.price.PricedModel.Kind;
import dev.pictor.model.Price;
import dev.pictor.model.PriceBuilder;
import dev.pictor.model.Rate;
import dev.pictor.model.RateBuilder;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one price list, whole or not at all: every problem is found before the first model counts. */
final class PriceReader {

    private static final String USD = "USD";

    /** What a rate may be of, by its name in the file. */
    private static final Map<String, Thing> THINGS = Map.of(
            "text in", new Thing(Rate.Modality.TEXT, Rate.Direction.INPUT),
            "cached text in", new Thing(Rate.Modality.TEXT, Rate.Direction.CACHED_INPUT),
            "text out", new Thing(Rate.Modality.TEXT, Rate.Direction.OUTPUT),
            "image in", new Thing(Rate.Modality.IMAGE, Rate.Direction.INPUT),
            "cached image in", new Thing(Rate.Modality.IMAGE, Rate.Direction.CACHED_INPUT),
            "image out", new Thing(Rate.Modality.IMAGE, Rate.Direction.OUTPUT),
            "audio in", new Thing(Rate.Modality.AUDIO, Rate.Direction.INPUT),
            "audio out", new Thing(Rate.Modality.AUDIO, Rate.Direction.OUTPUT),
            "call", new Thing(Rate.Modality.ANY, Rate.Direction.OUTPUT));

    /** In what a rate may count, by its name in the file. */
    private static final Map<String, Per> UNITS = Map.of(
            "1M tokens", new Per(Rate.Unit.TOKEN, 1_000_000),
            "image", new Per(Rate.Unit.IMAGE, 1),
            "pixel", new Per(Rate.Unit.PIXEL, 1),
            "megapixel", new Per(Rate.Unit.MEGAPIXEL, 1),
            "request", new Per(Rate.Unit.REQUEST, 1));

    private record Thing(Rate.Modality modality, Rate.Direction direction) {}

    private record Per(Rate.Unit unit, long per) {}

    private final String name;
    private final List<String> problems = new ArrayList<>();
    private final List<PricedModel> models = new ArrayList<>();

    private PriceReader(String name) {
        this.name = name;
    }

    static List<PricedModel> read(String name, byte[] json) {
        PriceReader reader = new PriceReader(name);
        reader.list(reader.parse(json));
        PriceLint.check(reader.models, reader.problems);
        if (!reader.problems.isEmpty()) {
            throw new PriceFileException(name, reader.problems, null);
        }
        return List.copyOf(reader.models);
    }

    private JsonNode parse(byte[] json) {
        try {
            return JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(
                            DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                            DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build()
                    .readTree(json);
        } catch (JsonProcessingException e) {
            throw new PriceFileException(
                    name,
                    List.of("it is no JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage()),
                    e);
        } catch (IOException e) {
            throw new PriceFileException(name, List.of("it is no JSON"), e);
        }
    }

    private void list(JsonNode root) {
        Fields top = new Fields(root, "the list", problems);
        List<String> providers = top.texts("providers");
        String currency = top.text("currency").orElse(USD);
        List<JsonNode> entries = top.list("models");
        if (entries.isEmpty()) {
            top.problem("has no models");
        }
        top.finish();
        for (int i = 0; i < entries.size(); i++) {
            JsonNode entry = entries.get(i);
            String where = entry.path("id").asText("").isBlank()
                    ? "model " + (i + 1)
                    : entry.path("id").asText();
            entry(new Fields(entry, where, problems), providers, currency);
        }
    }

    private void entry(Fields entry, List<String> usualProviders, String currency) {
        int before = problems.size();
        List<String> ownProviders = entry.texts("providers");
        List<String> providers = ownProviders.isEmpty() ? usualProviders : ownProviders;
        if (providers.isEmpty()) {
            entry.problem("has no providers");
        }
        Optional<String> id = entry.required("id");
        Optional<Kind> kind = entry.requiredOf("kind", text -> Kind.valueOf(text.toUpperCase(Locale.ROOT)));
        List<String> aliases = entry.texts("aliases");
        Optional<PriceBuilder> price = price(entry, currency);
        Optional<LocalDate> retiresOn = entry.date("retiresOn");
        Optional<String> successor = entry.text("successor");
        Optional<String> note = entry.text("note");
        long maxPromptChars = entry.count("maxPromptChars").orElse(0);
        entry.finish();
        if (problems.size() > before || id.isEmpty() || kind.isEmpty() || price.isEmpty()) {
            return; // reported
        }
        for (String provider : providers) {
            PricedModelBuilder model = PricedModel.builder(
                            provider, id.get(), kind.get(), price.get().build())
                    .aliases(aliases)
                    .retiresOn(retiresOn)
                    .successor(successor)
                    .note(note);
            if (maxPromptChars > 0) {
                model.maxPromptChars((int) Math.min(maxPromptChars, Integer.MAX_VALUE));
            }
            models.add(model.build());
        }
    }

    private Optional<PriceBuilder> price(Fields entry, String currency) {
        Optional<String> source = entry.required("source");
        Optional<LocalDate> checked = entry.requiredOf("checked", LocalDate::parse);
        Optional<String> unknown = entry.text("unknown");
        List<JsonNode> rates = entry.list("rates");
        if (rates.isEmpty() == unknown.isEmpty()) {
            entry.problem("must have either rates or, in unknown, why there are none");
        }
        if (source.isEmpty() || checked.isEmpty()) {
            return Optional.empty();
        }
        PriceBuilder price = Price.builder(source.get(), checked.get()).currency(currency);
        entry.count("maxOutputTokens").ifPresent(price::maxOutputTokens);
        for (int i = 0; i < rates.size(); i++) {
            rate(new Fields(rates.get(i), entry.where() + ", rate " + (i + 1), problems), currency)
                    .ifPresent(price::addRates);
        }
        return Optional.of(price);
    }

    private Optional<Rate> rate(Fields row, String currency) {
        Optional<Thing> thing = row.requiredOf("of", text -> known(THINGS.get(text)));
        Optional<Per> unit = row.requiredOf("unit", text -> known(UNITS.get(text)));
        Optional<BigDecimal> amount = row.requiredNumber("amount");
        Optional<String> because = row.text("because");
        if (thing.isEmpty() || unit.isEmpty() || amount.isEmpty()) {
            return Optional.empty();
        }
        try {
            RateBuilder rate = Rate.builder(
                            unit.get().unit(),
                            thing.get().modality(),
                            thing.get().direction(),
                            amount.get())
                    .per(unit.get().per())
                    .quality(row.text("quality"))
                    .sizes(row.sizes("sizes"))
                    .resolution(row.text("resolution"))
                    .batch(row.flag("batch"))
                    .validFrom(row.date("from"))
                    .validUntil(row.date("until"));
            row.count("maxPixels").ifPresent(rate::maxPixels);
            row.count("tokens").ifPresent(rate::tokens);
            row.count("aboveInputTokens").ifPresent(rate::aboveInputTokens);
            row.count("minSteps").ifPresent(steps -> rate.minSteps(Math.toIntExact(steps)));
            row.finish();
            Rate read = rate.build();
            if (because.isEmpty()) {
                PriceLint.size(read, currency.equals(USD)).ifPresent(row::problem);
            }
            return Optional.of(read);
        } catch (IllegalArgumentException | ArithmeticException e) {
            row.problem("is wrong: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static <E> E known(@Nullable E value) {
        if (value == null) {
            throw new IllegalArgumentException("not known");
        }
        return value;
    }
}
