package dev.pictor.gateway.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pictor.model.Money;
import dev.pictor.model.PlannedUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PriceFileTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
    private static final String GOOD = list(model("m-1", rate("0.04", "")));

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void makeAFile() {
        file = folder.resolve("prices.json");
    }

    private static String list(String... models) {
        return "{\"providers\": [\"acme\"], \"models\": [" + String.join(",", models) + "]}";
    }

    private static String model(String id, String... rates) {
        return "{\"id\": \"" + id + "\", \"kind\": \"image\", \"source\": \"made up\", \"checked\": \"2026-11-20\","
                + " \"rates\": [" + String.join(",", rates) + "]}";
    }

    private static String rate(String amount, String more) {
        return "{\"of\": \"image out\", \"unit\": \"image\", \"amount\": " + amount + more + "}";
    }

    private PriceFile read(String json) throws IOException {
        return PriceCatalogue.from(Files.writeString(file, json));
    }

    private List<String> problems(String json) {
        return catchThrowableOfType(PriceFileException.class, () -> read(json)).problems();
    }

    private static Money picture(PriceCatalogue prices, String provider, String id) {
        return prices.find(provider, id)
                .orElseThrow()
                .price()
                .estimate(PlannedUse.builder().images(1).build(), DAY)
                .orElseThrow();
    }

    @Test
    void anOverlayTakesThePlaceOfWhatIsBelow() throws IOException {
        String own = "{\"providers\": [\"recraft\"], \"models\": [" + model("recraftv3", rate("0.01", "")) + "]}";
        PriceCatalogue prices = PriceCatalogue.builtIn().overlaidBy(read(own));

        assertThat(picture(prices, "recraft", "recraftv3")).isEqualTo(Money.usd(10_000_000));
        assertThat(picture(prices, "recraft", "recraftv2")).isEqualTo(Money.usd(22_000_000));
        assertThat(prices.models())
                .hasSameSizeAs(PriceCatalogue.builtIn().models())
                .filteredOn(model -> model.id().equals("recraftv3"))
                .hasSize(1);
    }

    @Test
    @DisplayName("R25: reading again takes a good file and refuses a bad one, with the last good prices in force")
    void keepsTheLastGoodPrices() throws IOException {
        PriceFile prices = read(GOOD);
        PriceCatalogue both = PriceCatalogue.none().overlaidBy(prices);

        Files.writeString(file, list(model("m-1", rate("0.05", ""))));
        prices.reload();
        assertThat(picture(both, "acme", "m-1")).isEqualTo(Money.usd(50_000_000));

        Files.writeString(file, list(model("m-1", rate("0", ""))));
        assertThatExceptionOfType(PriceFileException.class)
                .isThrownBy(prices::reload)
                .withMessageContaining("prices.json cannot be used")
                .withMessageContaining("amount of 0");
        assertThat(picture(both, "acme", "m-1")).isEqualTo(Money.usd(50_000_000));

        Files.delete(file);
        assertThatExceptionOfType(PriceFileException.class)
                .isThrownBy(prices::reload)
                .withMessageContaining("it cannot be read: NoSuchFileException");
        assertThat(picture(both, "acme", "m-1")).isEqualTo(Money.usd(50_000_000));
    }

    @Test
    @DisplayName("R25: all problems of a file are told at once")
    void tellsAllProblems() {
        String json = list(
                model("m-1", "{\"of\": \"image out\", \"amount\": 0.04}"),
                model("m-2", rate("400", "")),
                "{\"id\": \"m-3\", \"kind\": \"film\"}");

        assertThat(problems(json))
                .containsExactlyInAnyOrder(
                        "m-1, rate 1 has no unit",
                        "m-2, rate 1 has an amount of 400, usual for IMAGE IMAGE OUTPUT is 0.001 to 2: say why in"
                                + " because, if it is right",
                        "m-3 kind is not known: film",
                        "m-3 has no source",
                        "m-3 has no checked",
                        "m-3 must have either rates or, in unknown, why there are none");
    }

    static Stream<Arguments> faults() {
        String square = ", \"sizes\": [\"1024x1024\"]";
        String wide = ", \"sizes\": [\"1536x1024\"]";
        String low = ", \"quality\": \"low\"";
        String high = ", \"quality\": \"high\"";
        String tokens = "{\"of\": \"image out\", \"unit\": \"1M tokens\", \"amount\": 30}";
        return Stream.of(
                Arguments.of("a cut file", GOOD.substring(0, 60), "it is no JSON: line 1"),
                Arguments.of("no object", "[]", "the list must be an object"),
                Arguments.of("nothing", "", "the list must be an object"),
                Arguments.of("no models", "{\"providers\": [\"acme\"]}", "the list has no models"),
                Arguments.of("no provider", "{\"models\": [" + model("m", rate("1", "")) + "]}", "m has no providers"),
                Arguments.of(
                        "an unknown field",
                        list(model("m", rate("0.04", ", \"amuont\": 1"))),
                        "m, rate 1 has an unknown field amuont"),
                Arguments.of(
                        "a field twice", list(model("m", rate("0.04", ", \"amount\": 0.05"))), "it is no JSON: line 1"),
                Arguments.of("an amount as text", list(model("m", rate("\"0.04\"", ""))), "amount must be a number"),
                Arguments.of("a negative amount", list(model("m", rate("-1", ""))), "m, rate 1"),
                Arguments.of("an amount of zero", list(model("m", rate("0", ""))), "has an amount of 0"),
                Arguments.of(
                        "an amount ten times off", list(model("m", rate("4.0", ""))), "has an amount of 4.0, usual"),
                Arguments.of(
                        "a picture priced per token",
                        list(model("m", "{\"of\": \"image out\", \"unit\": \"1M tokens\", \"amount\": 0.0005}")),
                        "has an amount of 0.0005, usual"),
                Arguments.of(
                        "one route with two prices",
                        list(model("m", rate("0.04", "")), model("m", rate("0.05", ""))),
                        "acme/m has two prices"),
                Arguments.of(
                        "one tier with two prices on one day",
                        list(model("m", rate("0.04", ""), rate("0.05", ", \"from\": \"2026-01-01\""))),
                        "m has two prices for IMAGE IMAGE OUTPUT on one day"),
                Arguments.of(
                        "one id at two providers, the second with two prices for one tier",
                        list(
                                model("m", rate("0.04", high)),
                                model("m", rate("0.04", high), rate("0.05", high))
                                        .replace("\"kind\"", "\"providers\": [\"emca\"], \"kind\"")),
                        "m has two prices for IMAGE IMAGE OUTPUT high on one day"),
                Arguments.of(
                        "a gap of days",
                        list(model(
                                "m",
                                rate("0.04", ", \"until\": \"2026-01-01\""),
                                rate("0.05", ", \"from\": \"2026-02-01\""))),
                        "m has a gap: no price for IMAGE IMAGE OUTPUT from 2026-01-01"),
                Arguments.of(
                        "a gap of tiers",
                        list(model(
                                "m", rate("0.01", low + square), rate("0.02", low + wide), rate("0.1", high + square))),
                        "m has a gap: no price for quality high at [1536x1024]"),
                Arguments.of(
                        "high below low",
                        list(model("m", rate("0.05", low + square), rate("0.01", high + square))),
                        "m asks less for IMAGE IMAGE OUTPUT high"),
                Arguments.of(
                        "a missing quality at the price of low",
                        list(model(
                                "m", rate("0.009", square), rate("0.009", low + square), rate("0.133", high + square))),
                        "which says no quality, than for IMAGE IMAGE OUTPUT high"),
                Arguments.of(
                        "tokens that do not fit the picture",
                        list(model("m", tokens, rate("0.39", ", \"tokens\": 1290"))),
                        "m asks 0.39 for IMAGE IMAGE OUTPUT, but 0.0387"),
                Arguments.of(
                        "an image model without a price of pictures",
                        list(model("m", "{\"of\": \"text in\", \"unit\": \"1M tokens\", \"amount\": 1}")),
                        "m has no rate for the pictures it draws"),
                Arguments.of(
                        "a size that is none",
                        list(model("m", rate("0.04", ", \"sizes\": [\"big\"]"))),
                        "m, rate 1 has no size in sizes"),
                Arguments.of(
                        "a day that is none",
                        list(model("m", rate("0.04", ", \"from\": \"soon\""))),
                        "m, rate 1 from is not known: soon"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    @DisplayName("R25: a bad list is refused")
    void refusesABadList(String name, String json, String problem) {
        assertThat(problems(json)).anySatisfy(found -> assertThat(found).contains(problem));
    }

    @Test
    void anUnusualAmountNeedsAReason() throws IOException {
        String free = rate("0", ", \"because\": \"we run it ourselves\"");

        assertThat(picture(read(list(model("m", free))), "acme", "m")).isEqualTo(Money.usd(0));
    }

    @Test
    void anUnknownPriceNeedsAReason() throws IOException {
        String unknown = "{\"id\": \"m\", \"kind\": \"image\", \"source\": \"made up\", \"checked\": \"2026-11-20\","
                + " \"unknown\": \"by contract\"}";

        assertThat(read(list(unknown)).find("acme", "m").orElseThrow().price().rates())
                .isEmpty();
    }

    @Test
    @DisplayName("R25: a file beyond its bound is refused")
    void refusesALargeFile() {
        assertThat(problems(" ".repeat(PriceFile.MAX_BYTES + 1))).containsExactly("it must have at most 4194304 bytes");
    }
}
