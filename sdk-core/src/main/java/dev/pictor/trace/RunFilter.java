package dev.pictor.trace;

import dev.pictor.model.Cost;
import dev.pictor.model.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a query says, as tests of a run: only those that it asks for, since a page may look at a hundred thousand runs.
 * Immutable.
 */
final class RunFilter {

    private final List<Predicate<RunSummary>> tests = new ArrayList<>();

    private RunFilter() {}

    static RunFilter of(RunQuery query) {
        RunFilter filter = new RunFilter();
        filter.is(query.tenant(), RunSummary::tenant);
        filter.is(query.user(), RunSummary::user);
        if (!query.statuses().isEmpty()) {
            Set<RunStatus> statuses = query.statuses();
            filter.tests.add(run -> statuses.contains(run.status()));
        }
        query.pipeline()
                .ifPresent(pipeline -> filter.tests.add(run -> run.pipeline().equals(pipeline)));
        filter.is(query.failedStage(), RunSummary::failedStage);
        query.labels()
                .forEach((name, value) ->
                        filter.tests.add(run -> value.equals(run.rows().labels().get(name))));
        query.costAtLeast().ifPresent(least -> filter.tests.add(run -> costsAtLeast(run.cost(), least)));
        query.costAtMost().ifPresent(most -> filter.tests.add(run -> costsAtMost(run.cost(), most)));
        query.asset().ifPresent(asset -> filter.tests.add(run -> isAbout(run.rows(), asset)));
        filter.prompts(query);
        query.model().ifPresent(model -> filter.tests.add(run -> uses(run.rows(), model)));
        query.errorType().ifPresent(type -> filter.tests.add(run -> failedWith(run, type)));
        if (query.since().isPresent() || query.until().isPresent()) {
            filter.tests.add(run -> query.isInWindow(run.runId()));
        }
        return filter;
    }

    boolean test(RunSummary run) {
        for (Predicate<RunSummary> test : tests) {
            if (!test.test(run)) {
                return false;
            }
        }
        return true;
    }

    private void is(Optional<String> wanted, Function<RunSummary, Optional<String>> found) {
        wanted.ifPresent(value -> tests.add(run -> value.equals(found.apply(run).orElse(null))));
    }

    private void prompts(RunQuery query) {
        if (query.promptName().isPresent() || query.promptVersion().isPresent()) {
            Optional<String> name = query.promptName();
            Optional<String> version = query.promptVersion();
            tests.add(run -> any(
                    run.rows().prompts(),
                    prompt -> name.map(prompt.name()::equals).orElse(true)
                            && version.map(prompt.version()::equals).orElse(true)));
        }
        query.experiment()
                .ifPresent(experiment -> tests.add(run -> any(
                        run.rows().prompts(),
                        prompt -> isPartOf(prompt.experiment().orElse(null), experiment))));
    }

    private static boolean isPartOf(@Nullable String arm, String experiment) {
        return arm != null && (arm.equals(experiment) || arm.startsWith(experiment + "/"));
    }

    private static boolean isAbout(SummaryRows run, String asset) {
        return run.assets().contains(asset)
                || any(run.artifacts(), artifact -> artifact.hex().equals(asset));
    }

    private static boolean uses(SummaryRows run, String model) {
        return any(run.calls(), call -> call.asked().equals(model) || model.equals(call.served()))
                || any(run.answers(), answer -> model.equals(answer.served()));
    }

    private static boolean failedWith(RunSummary run, String type) {
        SummaryRows rows = run.rows();
        return type.equals(run.errorType().orElse(null))
                || any(rows.stages(), stage -> type.equals(stage.errorType()))
                || any(rows.calls(), call -> type.equals(call.errorType()))
                || any(rows.answers(), answer -> type.equals(answer.errorType()));
    }

    private static boolean costsAtLeast(Cost cost, Money least) {
        return known(cost) >= least.nanos() && isIn(least.currency(), cost);
    }

    private static boolean costsAtMost(Cost cost, Money most) {
        return cost.isComplete() && known(cost) <= most.nanos() && isIn(most.currency(), cost);
    }

    private static long known(Cost cost) {
        return cost.amount().map(Money::nanos).orElse(0L);
    }

    /** Nothing is nothing in every currency. */
    private static boolean isIn(String currency, Cost cost) {
        return cost.amount()
                .map(amount -> amount.nanos() == 0 || amount.currency().equals(currency))
                .orElse(true);
    }

    private static <T> boolean any(List<T> rows, Predicate<T> test) {
        for (T row : rows) {
            if (test.test(row)) {
                return true;
            }
        }
        return false;
    }
}
