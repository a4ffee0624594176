package dev.pictor.feedback;

import static java.util.Objects.requireNonNull;

import dev.pictor.intent.Domain;
import dev.pictor.model.Cost;
import dev.pictor.trace.ContentLevel;
import dev.pictor.trace.PromptUse;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunRecord;
import dev.pictor.trace.RunSummary;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.immutables.value.Value;

/** A run as learning sees it: how its pictures were made, and what the user thinks of them. Immutable. */
@Value.Immutable
public abstract class RatedRun {

    RatedRun() {}

    /**
     * Returns a builder of a run that nothing is known of.
     *
     * @param runId the run
     * @return a new builder
     */
    public static RatedRunBuilder builder(RunId runId) {
        return new RatedRunBuilder().runId(runId);
    }

    /**
     * Reads the facts of a run and its rating. Whether it was regenerated is in another run, see {@link RatedRuns}.
     *
     * @param run the record
     * @return the run, without {@link #wish()} if its content level withholds texts
     */
    public static RatedRun of(RunRecord run) {
        requireNonNull(run, "run");
        RatedRunBuilder rated = builder(run.runId())
                .time(run.startedAt())
                .tenant(run.tenant())
                .user(run.user())
                .domain(RunFacts.domain(run))
                .style(RunFacts.style(run))
                .tier(RunFacts.tier(run))
                .confidence(RunFacts.confidence(run))
                .rawConfidence(RunFacts.rawConfidence(run))
                .complexity(RunFacts.complexity(run))
                .detail(RunFacts.detail(run))
                .cost(run.cost())
                .rating(Ratings.of(run));
        if (run.content() == ContentLevel.FULL) {
            rated.wish(RunFacts.member(run, "prompt"));
        }
        DrawnBy.of(run)
                .ifPresent(drawn -> rated.model(drawn.model().or(drawn::servedBy))
                        .isFallback(drawn.isFallback())
                        .routePolicy(RunFacts.routePolicy(run, drawn.stage())));
        List<PromptUse> prompts = RunSummary.of(run).prompts();
        prompts.forEach(prompt -> rated.addPrompts(prompt.key()));
        return rated.experiments(arms(run, prompts)).build();
    }

    private static Map<String, String> arms(RunRecord run, List<PromptUse> prompts) {
        Map<String, String> arms = new TreeMap<>(RunFacts.flags(run));
        for (PromptUse prompt : prompts) {
            prompt.experiment().ifPresent(said -> {
                int slash = said.lastIndexOf('/');
                if (slash > 0) {
                    arms.put(said.substring(0, slash), said.substring(slash + 1));
                }
            });
        }
        return arms;
    }

    /**
     * The run.
     *
     * @return its id
     */
    public abstract RunId runId();

    /**
     * When it began. Default: the time in its id.
     *
     * @return by the wall clock
     */
    @Value.Default
    public Instant time() {
        return runId().createdAt();
    }

    /**
     * The tenant it was for. Default: none.
     *
     * @return the tenant's id
     */
    public abstract Optional<String> tenant();

    /**
     * The user it was for. Default: none.
     *
     * @return the user's id
     */
    public abstract Optional<String> user();

    /**
     * What was wished for. Default: empty, as with runs of which texts are not kept.
     *
     * @return the user's words
     */
    @Value.Redacted
    public abstract Optional<String> wish();

    /**
     * The craft that served. Default: empty.
     *
     * @return the domain
     */
    public abstract Optional<Domain> domain();

    /**
     * The style within it. Default: empty.
     *
     * @return the style
     */
    public abstract Optional<String> style();

    /**
     * What said so. Default: empty.
     *
     * @return such as {@code keyword} or {@code model}
     */
    public abstract Optional<String> tier();

    /**
     * How sure it was. Default: empty.
     *
     * @return 0 to 1
     */
    public abstract OptionalDouble confidence();

    /**
     * What the confidence was calibrated from.
     *
     * @return 0 to 1, or empty if something else decided it
     */
    public abstract OptionalDouble rawConfidence();

    /**
     * How complex the wish is. Default: empty.
     *
     * @return 0 to 1
     */
    public abstract OptionalDouble complexity();

    /**
     * How much craft was added. Default: empty.
     *
     * @return such as {@code basic}
     */
    public abstract Optional<String> detail();

    /**
     * The model that drew. Default: empty.
     *
     * @return its id
     */
    public abstract Optional<String> model();

    /**
     * Whether it drew because the first choice failed. Default: false.
     *
     * @return true if it did
     */
    @Value.Default
    public boolean isFallback() {
        return false;
    }

    /**
     * By what the model was chosen. Default: empty.
     *
     * @return a policy and its version
     */
    public abstract Optional<String> routePolicy();

    /**
     * The prompt files that it rendered. Default: none.
     *
     * @return name, variant and version of each, such as {@code generation/enhance.art@1.2}
     */
    public abstract Set<String> prompts();

    /**
     * The experiments that the user took part in by it, and the flags of which a share of users decided, with the arms {@code
     * on} and {@code off}; an experiment goes before a flag of its name. Default: none.
     *
     * @return arms by experiment or flag
     */
    public abstract Map<String, String> experiments();

    /**
     * What it cost. Default: unknown.
     *
     * @return the cost of all its calls
     */
    @Value.Default
    public Cost cost() {
        return Cost.unknown();
    }

    /**
     * What the user thinks of it. Default: empty.
     *
     * @return the last rating
     */
    public abstract Optional<Rating> rating();

    /**
     * Whether the same user asked for the same again. It says that the pictures were not what was wanted, or that more were
     * wanted; it is no rating. Default: false.
     *
     * @return true if so
     */
    @Value.Default
    public boolean isRegenerated() {
        return false;
    }

    /**
     * Returns whom it was for.
     *
     * @return the user with the tenant, or empty if there was no user
     */
    public final Optional<UserKey> userKey() {
        return user().filter(user -> !user.isEmpty()).map(user -> new UserKey(tenant().orElse(""), user));
    }

    /** Whether the user is satisfied, if there is a rating. */
    final Optional<Boolean> satisfied() {
        return rating().map(Rating::isSatisfied);
    }

    RatedRun regenerated() {
        return new RatedRunBuilder().from(this).isRegenerated(true).build();
    }
}
