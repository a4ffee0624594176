package dev.pictor.feedback;

import java.util.Set;
import org.immutables.value.Value;

/** What counts as evidence, and the settings in force that it is held against. Immutable. */
@Value.Immutable
public abstract class AnalysisOptions {

    private static final AnalysisOptions DEFAULTS = builder().build();

    AnalysisOptions() {}

    /**
     * Returns the defaults.
     *
     * @return options that know no cheap model, so that no threshold of complexity is proposed
     */
    public static AnalysisOptions ofDefaults() {
        return DEFAULTS;
    }

    /**
     * Returns a builder with the defaults.
     *
     * @return a new builder
     */
    public static AnalysisOptionsBuilder builder() {
        return new AnalysisOptionsBuilder();
    }

    /**
     * Below what confidence a wish that was served well has words to learn from. Default: 0.6.
     *
     * @return above 0 to 1
     */
    @Value.Default
    public double lowConfidence() {
        return 0.6;
    }

    /**
     * From what confidence on a tier is believed now. Default: 0.8.
     *
     * @return above 0 and below 1
     */
    @Value.Default
    public double confidenceThreshold() {
        return 0.8;
    }

    /**
     * From what complexity on the better model draws now. Default: 0.7.
     *
     * @return above 0 and below 1
     */
    @Value.Default
    public double complexityThreshold() {
        return 0.7;
    }

    /**
     * The models that draw what is simple. Default: none. The report notes those that drew nothing.
     *
     * @return the ids of their profiles
     */
    public abstract Set<String> cheapModels();

    /**
     * The models that draw what is complex. Default: none, which means all that are not cheap.
     *
     * @return the ids of their profiles
     */
    public abstract Set<String> betterModels();

    /**
     * The share of satisfied users that is asked for. Default: 0.7.
     *
     * @return above 0 and below 1
     */
    @Value.Default
    public double satisfaction() {
        return 0.7;
    }

    /**
     * The reasons of ratings that say that the wish was misunderstood, not badly drawn. A rating down without any reason says so
     * too. Default: {@code misunderstood}, {@code wrong-domain}, {@code wrong-style} and {@code wrong-subject}.
     *
     * @return reasons as {@link Rating#reasons()} has them
     */
    @Value.Default
    public Set<String> misunderstood() {
        return Set.of("misunderstood", "wrong-domain", "wrong-style", "wrong-subject");
    }

    /**
     * How many rated runs something is judged by at least. Default: 20.
     *
     * @return 1 or more
     */
    @Value.Default
    public int minRuns() {
        return 20;
    }

    /**
     * How many runs must have been rated down before a threshold is moved. Default: 10.
     *
     * @return 1 or more
     */
    @Value.Default
    public int minMisroutes() {
        return 10;
    }

    /**
     * In how many well rated wishes a word must be. Default: 5.
     *
     * @return 1 or more
     */
    @Value.Default
    public int minSupport() {
        return 5;
    }

    /**
     * Of how many users those wishes must be, so that no single one teaches words; all runs without a user are as one.
     * Default: 3.
     *
     * @return 1 or more
     */
    @Value.Default
    public int minUsers() {
        return 3;
    }

    /**
     * How many standard deviations a word's log-odds must be above 0. Default: 3.
     *
     * @return above 0
     */
    @Value.Default
    public double minZ() {
        return 3;
    }

    /**
     * How many new words are proposed at most. Default: 50.
     *
     * @return 1 or more
     */
    @Value.Default
    public int maxKeywords() {
        return 50;
    }

    /**
     * Words and pairs of words that are known already and are not proposed, nor a word that comes only within a known pair, nor
     * a pair that has a known word which comes nowhere else. Case, hyphens and plurals do not count. Default: none; the words
     * of a lexicon come with {@link DataFileLayout#forFiles}.
     *
     * @return such as words that were turned down before
     */
    public abstract Set<String> knownTerms();

    /**
     * How sure intervals are. Default: 0.95. Thresholds are moved at a tenth of the chance of error that this leaves.
     *
     * @return above 0 and below 1
     */
    @Value.Default
    public double certainty() {
        return 0.95;
    }

    @Value.Check
    void check() {
        if (!(lowConfidence() > 0 && lowConfidence() <= 1)) {
            throw new IllegalArgumentException("lowConfidence must be above 0 to 1, was " + lowConfidence());
        }
        Statistics.checkOpen(confidenceThreshold(), "confidenceThreshold");
        Statistics.checkOpen(complexityThreshold(), "complexityThreshold");
        Statistics.checkOpen(satisfaction(), "satisfaction");
        Statistics.checkOpen(certainty(), "certainty");
        atLeastOne(minRuns(), "minRuns");
        atLeastOne(minMisroutes(), "minMisroutes");
        atLeastOne(minSupport(), "minSupport");
        atLeastOne(minUsers(), "minUsers");
        atLeastOne(maxKeywords(), "maxKeywords");
        if (!(minZ() > 0)) {
            throw new IllegalArgumentException("minZ must be above 0, was " + minZ());
        }
    }

    private static void atLeastOne(int number, String name) {
        if (number < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, was " + number);
        }
    }

    final boolean isBetter(String model) {
        return betterModels().isEmpty()
                ? !cheapModels().contains(model)
                : betterModels().contains(model);
    }
}
