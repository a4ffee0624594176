package dev.pictor.replay;

import dev.pictor.model.Cost;
import java.util.List;
import org.immutables.value.Value;

/** What came of a batch of forks. Immutable. */
@Value.Immutable
public abstract class ForkBatch {

    ForkBatch() {}

    /**
     * The runs.
     *
     * @return one for each past run, in the order in which they were given
     */
    public abstract List<ForkedRun> runs();

    /**
     * What the forks cost.
     *
     * @return the sum over all records of forks
     */
    public final Cost cost() {
        return runs().stream()
                .flatMap(run -> run.after().stream())
                .map(record -> record.cost())
                .reduce(Cost.nothing(), Cost::plus);
    }

    /**
     * Returns how many runs came to an outcome.
     *
     * @param outcome which
     * @return 0 or more
     */
    public final long count(ForkOutcome outcome) {
        return runs().stream().filter(run -> run.outcome() == outcome).count();
    }
}
