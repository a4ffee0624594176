package dev.pictor.generation;

import dev.pictor.model.Cost;
import dev.pictor.model.Money;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.immutables.value.Value;

/** One request drawn by several models, side by side. Its text form is a table. Immutable. */
@Value.Immutable
public abstract class ModelComparison {

    ModelComparison() {}

    /** Compares the lines of a batch whose requests each name their model. The quality of pictures is 0 to 1, or empty. */
    static ModelComparison of(GenerationBatch batch, Function<GeneratedImages, OptionalDouble> quality) {
        ModelComparisonBuilder comparison = new ModelComparisonBuilder().batch(batch);
        for (GenerationLine line : batch.lines()) {
            comparison.addModels(new ComparedModelBuilder()
                    .model(line.request().model().orElseThrow())
                    .line(line)
                    .quality(line.images().map(quality).orElse(OptionalDouble.empty()))
                    .build());
        }
        return comparison.build();
    }

    /**
     * The batch that drew them.
     *
     * @return one line for each model
     */
    public abstract GenerationBatch batch();

    /**
     * The models.
     *
     * @return in the order in which they were named
     */
    public abstract List<ComparedModel> models();

    /**
     * Returns what all of it cost.
     *
     * @return the sum over the models
     */
    public final Cost cost() {
        return batch().cost();
    }

    /**
     * Returns whose pictures are best. Like the other three it looks at those that gave pictures; of equals it takes the one
     * that was named first.
     *
     * @return a line, or empty if the quality of none is known
     */
    public final Optional<ComparedModel> bestQuality() {
        return most(model -> model.quality().stream().boxed());
    }

    /**
     * Returns who gave most quality for the money. Prices in another currency than that of the first line with a price do not
     * compare.
     *
     * @return a line, or empty if quality or price is known of none
     */
    public final Optional<ComparedModel> bestValue() {
        return most(model -> hasCommonCurrency(model) ? model.value().stream().boxed() : Stream.empty());
    }

    /**
     * Returns who cost least. Prices in another currency than that of the first line with a price do not compare.
     *
     * @return a line, or empty if the price of none is known
     */
    public final Optional<ComparedModel> cheapest() {
        return most(
                model -> hasCommonCurrency(model) ? model.cost().stream().map(cost -> -cost.nanos()) : Stream.empty());
    }

    /**
     * Returns who was done soonest.
     *
     * @return a line, or empty if none gave pictures
     */
    public final Optional<ComparedModel> fastest() {
        return most(model -> model.latency().stream().map(latency -> -latency.toNanos()));
    }

    private <V extends Comparable<V>> Optional<ComparedModel> most(Function<ComparedModel, Stream<V>> figure) {
        // the first of equals: max() would take the last
        return models().stream()
                .filter(model -> figure.apply(model).findAny().isPresent())
                .min(Comparator.comparing(
                        model -> figure.apply(model).findFirst().orElseThrow(), Comparator.reverseOrder()));
    }

    private boolean hasCommonCurrency(ComparedModel model) {
        Optional<String> currency = models().stream()
                .flatMap(any -> any.cost().stream())
                .map(Money::currency)
                .findFirst();
        return model.cost().map(Money::currency).equals(currency);
    }

    /**
     * Returns the comparison as a table: a line for each model with its figures and what it is best at.
     *
     * @return lines with columns of equal width, without a line break at the end
     */
    @Override
    public String toString() {
        List<List<String>> rows = Stream.concat(
                        Stream.of(List.of("model", "quality", "cost", "seconds", "")),
                        models().stream().map(this::row))
                .toList();
        return rows.stream().map(row -> aligned(row, rows)).collect(Collectors.joining("\n"));
    }

    private static String aligned(List<String> row, List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            int at = column;
            int width = rows.stream()
                    .mapToInt(cells -> cells.get(at).length())
                    .max()
                    .orElse(0);
            String cell = row.get(column);
            text.append(cell).append(" ".repeat(width - cell.length() + 2));
        }
        return text.toString().stripTrailing();
    }

    private List<String> row(ComparedModel model) {
        return List.of(
                model.model(),
                model.quality().isPresent()
                        ? String.format(Locale.ROOT, "%.2f", model.quality().getAsDouble())
                        : "-",
                model.line().cost().toString(),
                model.latency()
                        .map(latency -> String.format(Locale.ROOT, "%.1f", latency.toMillis() / 1e3))
                        .orElse("-"),
                model.line().reason().orElseGet(() -> bestAt(model)));
    }

    private String bestAt(ComparedModel model) {
        return Stream.of(
                        named("best quality", bestQuality(), model),
                        named("best value", bestValue(), model),
                        named("cheapest", cheapest(), model),
                        named("fastest", fastest(), model))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    private static Optional<String> named(String name, Optional<ComparedModel> best, ComparedModel model) {
        return best.filter(model::equals).map(any -> name);
    }
}
