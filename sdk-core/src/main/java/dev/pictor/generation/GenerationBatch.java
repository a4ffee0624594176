package dev.pictor.generation;

import dev.pictor.model.Cost;
import java.util.List;
import org.immutables.value.Value;

/** What came of many requests. Immutable. */
@Value.Immutable
public abstract class GenerationBatch {

    GenerationBatch() {}

    /**
     * What came of each.
     *
     * @return one for each request, in the order in which they were given
     */
    public abstract List<GenerationLine> lines();

    /**
     * Returns the pictures that there are.
     *
     * @return what the runs gave that succeeded, in the order of their requests
     */
    public final List<GeneratedImages> images() {
        return lines().stream().flatMap(line -> line.images().stream()).toList();
    }

    /**
     * Returns what all of it cost.
     *
     * @return the sum over the lines; not complete if one failed or a price is unknown
     */
    public final Cost cost() {
        return lines().stream().map(GenerationLine::cost).reduce(Cost.nothing(), Cost::plus);
    }

    /**
     * Returns how many requests came to an outcome.
     *
     * @param outcome which
     * @return 0 or more
     */
    public final long count(LineOutcome outcome) {
        return lines().stream().filter(line -> line.outcome() == outcome).count();
    }
}
