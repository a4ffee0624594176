package dev.pictor.feedback;

import dev.pictor.intent.Domain;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds terms that wishes of a domain have more often than others, among those that were served well though nobody was sure
 * of the domain. By log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn, "Fightin' Words", 2008): the
 * prior has half a count for each term, and a tenth of what it is counted in all wishes. A term counts once for each wish.
 */
final class Keywords {

    private static final double FLAT = 0.5;
    private static final double SHARE = 0.1;

    private final AnalysisOptions options;
    private final Set<String> known;
    private final Map<String, Integer> all = new HashMap<>();
    private final Map<Domain, Counts> well = new HashMap<>();
    private final Map<Domain, Counts> domains = new HashMap<>();

    /** How many wishes have each term, and of whom they are. */
    private static final class Counts {

        private final Map<String, Integer> terms = new HashMap<>();
        private final Map<String, Set<Optional<UserKey>>> users = new HashMap<>();
        private long total;

        void add(Set<String> found, Optional<UserKey> user) {
            found.forEach(term -> {
                terms.merge(term, 1, Integer::sum);
                users.computeIfAbsent(term, any -> new HashSet<>()).add(user);
            });
            total += found.size();
        }

        int of(String term) {
            return terms.getOrDefault(term, 0);
        }
    }

    private Keywords(AnalysisOptions options, Set<String> known) {
        this.options = options;
        this.known = Stream.concat(options.knownTerms().stream(), known.stream())
                .map(Terms::folded)
                .collect(Collectors.toSet());
    }

    /** @param known terms that are known beside those of the options */
    static List<NewKeyword> of(List<RatedRun> runs, AnalysisOptions options, Set<String> known) {
        Keywords keywords = new Keywords(options, known);
        runs.forEach(keywords::add);
        List<NewKeyword> found = new ArrayList<>();
        keywords.well.keySet().forEach(domain -> keywords.find(domain, found));
        found.sort(Comparator.comparingDouble(NewKeyword::z)
                .reversed()
                .thenComparing(NewKeyword::term)
                .thenComparing(NewKeyword::domain));
        return withoutParts(found).stream()
                .filter(keywords::isNew)
                .limit(options.maxKeywords())
                .toList();
    }

    /** A pair of which a known word comes nowhere else says nothing more than that word. */
    private boolean isNew(NewKeyword keyword) {
        if (isKnown(keyword.term())) {
            return false;
        }
        Counts here = well.getOrDefault(keyword.domain(), new Counts());
        return Terms.words(keyword.term()).stream()
                .noneMatch(word -> isKnown(word) && here.of(word) == keyword.support());
    }

    private boolean isKnown(String term) {
        return known.contains(Terms.folded(term));
    }

    private void add(RatedRun run) {
        if (run.wish().isEmpty() || run.domain().isEmpty()) {
            return;
        }
        Set<String> terms = Terms.of(run.wish().get());
        terms.forEach(term -> all.merge(term, 1, Integer::sum));
        Domain domain = run.domain().get();
        domains.computeIfAbsent(domain, any -> new Counts()).add(terms, run.userKey());
        if (run.confidence().isPresent()
                && run.confidence().getAsDouble() < options.lowConfidence()
                && run.satisfied().orElse(false)) {
            well.computeIfAbsent(domain, any -> new Counts()).add(terms, run.userKey());
        }
    }

    private void find(Domain domain, List<NewKeyword> into) {
        Counts here = well.getOrDefault(domain, new Counts());
        long counted = all.values().stream().mapToLong(Integer::longValue).sum();
        double prior = FLAT * all.size() + SHARE * counted;
        long elsewhereTotal = domains.entrySet().stream()
                .filter(other -> other.getKey() != domain)
                .mapToLong(other -> other.getValue().total)
                .sum();
        here.terms.forEach((term, count) -> {
            int users = here.users.getOrDefault(term, Set.of()).size();
            if (count < options.minSupport() || users < options.minUsers()) {
                return;
            }
            int elsewhere = domains.entrySet().stream()
                    .filter(other -> other.getKey() != domain)
                    .mapToInt(other -> other.getValue().of(term))
                    .sum();
            double alpha = FLAT + SHARE * all.getOrDefault(term, 0);
            double logOdds =
                    logOdds(count + alpha, here.total + prior) - logOdds(elsewhere + alpha, elsewhereTotal + prior);
            double z = logOdds / Math.sqrt(1 / (count + alpha) + 1 / (elsewhere + alpha));
            if (z >= options.minZ()) {
                into.add(NewKeyword.builder(term, domain)
                        .support(count)
                        .users(users)
                        .elsewhere(elsewhere)
                        .logOdds(logOdds)
                        .z(z)
                        .build());
            }
        });
    }

    private static double logOdds(double count, double total) {
        return Math.log(count / (total - count));
    }

    /** A word that is found only within a pair that is found too says nothing more than the pair. */
    private static List<NewKeyword> withoutParts(List<NewKeyword> found) {
        return found.stream()
                .filter(word -> found.stream()
                        .noneMatch(pair -> pair.domain() == word.domain()
                                && pair.support() >= word.support()
                                && (pair.term().startsWith(word.term() + " ")
                                        || pair.term().endsWith(" " + word.term()))))
                .toList();
    }
}
