package dev.pictor.adapter.embedded;

import dev.pictor.adapter.embedded.Lexicon.Entry;
import dev.pictor.adapter.embedded.Lexicon.Hit;
import dev.pictor.adapter.embedded.Lexicon.Kind;
import dev.pictor.adapter.embedded.Lexicon.Token;
import java.awt.Color;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the lexicon knows of a text. Immutable.
 *
 * @param text as it was written
 * @param tokens its words
 * @param hits the known phrases in it, in order
 */
record Reading(String text, List<Token> tokens, List<Hit> hits) {

    private static final int LEAD_WORDS = 3;
    private static final Set<Kind> CRAFT = Set.of(Kind.MEDIUM, Kind.STYLE, Kind.CUE);
    private static final Set<Kind> MANNER = Set.of(Kind.MEDIUM, Kind.STYLE, Kind.FILLER);
    private static final Set<String> JOINTS = Set.of(
            "a", "an", "the", "of", "with", "in", "on", "and", "about", "for", "by", "as", "from", "me", "to", "or");

    /** Returns the domain with the most evidence; art, if there is none. */
    Domain domain() {
        return evidence().entrySet().stream()
                .reduce((best, next) -> next.getValue() > best.getValue() ? next : best)
                .map(Map.Entry::getKey)
                .orElse(Domain.ART);
    }

    /** Returns how sure {@link #domain()} is: 0.2 without evidence, more with more of it and less against it, below 1. */
    double confidence() {
        List<Integer> weights =
                evidence().values().stream().sorted((a, b) -> b - a).toList();
        double first = weights.isEmpty() ? 0 : weights.get(0);
        double second = weights.size() < 2 ? 0 : weights.get(1);
        return Math.max(0.2, Math.round(100 * first / (first + second + 2.5)) / 100.0);
    }

    /** Returns the phrases that speak for a domain, in order. */
    List<String> evidenceFor(Domain domain) {
        return hits.stream()
                .filter(hit -> weight(hit, domain) > 0)
                .map(Hit::phrase)
                .distinct()
                .toList();
    }

    /** Returns the names of a kind, in order, each once. */
    List<String> names(Kind kind) {
        return entries(kind).map(Entry::name).distinct().toList();
    }

    /** Returns the values of a kind, in order, each once. */
    List<String> values(Kind kind) {
        return entries(kind).map(Entry::value).distinct().toList();
    }

    /** Returns the colours of things, in order; a white background is no white thing. */
    List<Color> colours() {
        return hits.stream()
                .filter(hit -> hit.entry(Kind.CUE).isEmpty())
                .flatMap(hit -> hit.entry(Kind.COLOUR).stream())
                .map(colour -> Color.decode(colour.value()))
                .distinct()
                .toList();
    }

    boolean has(Kind kind, String name) {
        return entries(kind).anyMatch(entry -> entry.name().equals(name));
    }

    /** Returns the first of a kind as it was written, in lower case. */
    Optional<String> phrase(Kind kind) {
        return hits.stream()
                .filter(hit -> hit.entry(kind).isPresent())
                .map(Hit::phrase)
                .findFirst();
    }

    /** Returns the style: one of the domain's own if there is one, else any, else the domain's usual one. */
    String style(Domain domain) {
        return Stream.concat(
                        entries(Kind.STYLE).filter(entry -> entry.domain() == domain),
                        entries(Kind.STYLE).filter(entry -> entry.domain() != domain))
                .map(Entry::name)
                .findFirst()
                .orElse(domain.usualStyle);
    }

    /** Returns the text without the words that name medium, style or nothing at all. */
    String subject() {
        boolean[] dropped = new boolean[tokens.size()];
        for (Hit hit : hits) {
            if (hit.entries().stream().map(Entry::kind).anyMatch(MANNER::contains)) {
                Arrays.fill(dropped, hit.from(), hit.to(), true);
            }
        }
        dropJoints(dropped);
        StringBuilder subject = new StringBuilder();
        int last = -1;
        for (int i = 0; i < dropped.length; i++) {
            if (dropped[i]) {
                continue;
            }
            if (last >= 0) {
                String between =
                        text.substring(tokens.get(last).end(), tokens.get(i).start());
                subject.append(last == i - 1 ? between : between.contains(",") ? ", " : " ");
            }
            subject.append(text, tokens.get(i).start(), tokens.get(i).end());
            last = i;
        }
        return subject.isEmpty() ? text.strip() : subject.toString();
    }

    /** Returns what the first paragraph speaks of: an enhanced prompt begins with the wish, and goes on with craft. */
    String title() {
        int end = wishEnd();
        return end == text.length()
                ? subject()
                : Lexicon.WORDS.read(text.substring(0, end)).subject();
    }

    /** Returns the same without the things, colours, light and moods that only the craft behind the wish speaks of. */
    Reading ofWish() {
        int end = wishEnd();
        List<Hit> kept = hits.stream()
                .map(hit -> tokens.get(hit.from()).start() < end ? hit : hit.only(CRAFT))
                .filter(hit -> !hit.entries().isEmpty())
                .toList();
        return new Reading(text, tokens, kept);
    }

    private int wishEnd() {
        int end = text.indexOf("\n\n", text.length() - text.stripLeading().length());
        return end < 0 ? text.length() : end;
    }

    /** Returns a text without the joining words at its end. */
    static String trimmed(String text) {
        int cut = text.lastIndexOf(' ');
        return cut > 0 && JOINTS.contains(text.substring(cut + 1).toLowerCase(Locale.ROOT))
                ? trimmed(text.substring(0, cut))
                : text;
    }

    /** Drops joining words that stand at either end or lead to a dropped word. */
    private void dropJoints(boolean[] dropped) {
        boolean nothingAfter = true;
        for (int i = dropped.length - 1; i >= 0; i--) {
            dropped[i] |= nothingAfter && JOINTS.contains(tokens.get(i).word());
            nothingAfter = dropped[i];
        }
        boolean nothingBefore = true;
        for (int i = 0; i < dropped.length; i++) {
            dropped[i] |= nothingBefore && JOINTS.contains(tokens.get(i).word());
            nothingBefore &= dropped[i];
        }
    }

    private Map<Domain, Integer> evidence() {
        Map<Domain, Integer> evidence = new EnumMap<>(Domain.class);
        for (Domain domain : Domain.values()) {
            int sum = hits.stream().mapToInt(hit -> weight(hit, domain)).sum();
            if (sum > 0) {
                evidence.put(domain, sum);
            }
        }
        return evidence;
    }

    /** The largest weight among the phrase's meanings, twice that where a medium or a style opens the text. */
    private int weight(Hit hit, Domain domain) {
        int before = hit.from() - fillersBefore(hit);
        return hit.entries().stream()
                .filter(entry -> entry.domain() == domain)
                .mapToInt(entry -> Integer.parseInt(entry.value())
                        * (MANNER.contains(entry.kind()) && before < LEAD_WORDS ? 2 : 1))
                .max()
                .orElse(0);
    }

    private int fillersBefore(Hit hit) {
        return hits.stream()
                .filter(other ->
                        other.from() < hit.from() && other.entry(Kind.FILLER).isPresent())
                .mapToInt(other -> other.to() - other.from())
                .sum();
    }

    private Stream<Entry> entries(Kind kind) {
        return hits.stream().flatMap(hit -> hit.entries().stream()).filter(entry -> entry.kind() == kind);
    }
}
