package dev.pictor.model;

import dev.pictor.image.PixelSize;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Which rates of a price apply to a use on a day. Of the rates that surely apply the one with the most conditions is
 * found, and beside it every rate that may apply since the use does not say.
 */
final class RateChoice {

    /** A count nobody knows. */
    static final long UNKNOWN = -1;

    private static final long MEGAPIXEL = 1024 * 1024;

    /** A picture of 2752 x 1536 is of class 2K: vendors round the sides of each ratio. */
    private static final double CLASS_TOLERANCE = 1.05;

    private static final int OWN_KIND = 1000;

    private final List<Rate> rates;
    private final PlannedUse use;
    private final Optional<String> quality;
    private final Optional<PixelSize> size;
    private final Optional<String> resolution;
    private final boolean countsTokens;
    private long leastRead;
    private long mostRead;

    RateChoice(List<Rate> list, PlannedUse use, LocalDate day) {
        this.use = use;
        this.rates = applying(list, use, day);
        boolean tokens = false;
        for (Rate rate : rates) {
            tokens |= rate.unit() == Rate.Unit.TOKEN;
        }
        this.countsTokens = tokens;
        this.quality = use.quality().filter(name -> !name.isBlank() && !name.equalsIgnoreCase("auto"));
        // a model that draws some sizes only draws one of its own when asked for another
        this.size = use.size().filter(asked -> isListed(asked));
        this.resolution = use.resolution().or(() -> use.size().flatMap(this::classOf));
    }

    /** The rates that are in force and for this kind of call: most often all, and then the list itself. */
    private static List<Rate> applying(List<Rate> list, PlannedUse use, LocalDate day) {
        for (Rate rate : list) {
            if (!applies(rate, use, day)) {
                return list.stream().filter(one -> applies(one, use, day)).toList();
            }
        }
        return list;
    }

    private static boolean applies(Rate rate, PlannedUse use, LocalDate day) {
        return rate.isInForce(day) && (use.batch() || !rate.batch());
    }

    /** The rates found for one thing: the one that surely applies, and those that may. */
    record Found(List<Rate> rates) {

        static final Found NOTHING = new Found(List.of());

        boolean isEmpty() {
            return rates.isEmpty();
        }

        /** Returns the most tokens that one picture counts by any of them, or 0 if none says. */
        long mostTokens() {
            long most = 0;
            for (Rate rate : rates) {
                most = Math.max(most, rate.tokens().orElse(0));
            }
            return most;
        }
    }

    /** Sets how many tokens the call reads, which decides about tiers; the same number twice if it is known. */
    void tokensRead(long least, long most) {
        this.leastRead = least;
        this.mostRead = most;
    }

    boolean countsTokens() {
        return countsTokens;
    }

    boolean isByRequestAlone() {
        return rates.stream().allMatch(rate -> rate.unit() == Rate.Unit.REQUEST);
    }

    Found requests() {
        return find(Rate.Unit.REQUEST, null, null);
    }

    Found tokens(Rate.Modality modality, Rate.Direction direction) {
        return find(Rate.Unit.TOKEN, modality, direction);
    }

    /** Finds the rates by the picture or its pixels. */
    Found pictures(Rate.Direction direction) {
        return find(Rate.Unit.IMAGE, Rate.Modality.IMAGE, direction);
    }

    /** Returns how many units of the rate one picture is, or {@link #UNKNOWN}. */
    long units(Rate rate) {
        if (rate.unit() == Rate.Unit.IMAGE) {
            return 1;
        }
        long pixels = pixels(rate);
        return rate.unit() == Rate.Unit.PIXEL || pixels == UNKNOWN ? pixels : (pixels + MEGAPIXEL - 1) / MEGAPIXEL;
    }

    /** Returns the most tokens that a picture read counts, or {@link #UNKNOWN} if no rate says. */
    long mostTokensOfAPictureRead() {
        return rates.stream()
                .filter(rate -> rate.direction() == Rate.Direction.INPUT
                        && rate.tokens().isPresent())
                .mapToLong(rate -> rate.tokens().getAsLong())
                .max()
                .orElse(UNKNOWN);
    }

    private long pixels(Rate rate) {
        if (!rate.sizes().isEmpty()) {
            return size.filter(rate.sizes()::contains)
                    .map(PixelSize::pixels)
                    .orElseGet(() -> rate.sizes().stream()
                            .mapToLong(PixelSize::pixels)
                            .max()
                            .getAsLong());
        }
        return use.size()
                .map(PixelSize::pixels)
                .orElse(rate.maxPixels().isPresent() ? rate.maxPixels().getAsLong() : UNKNOWN);
    }

    private Found find(Rate.Unit unit, Rate.@Nullable Modality modality, Rate.@Nullable Direction direction) {
        Rate sure = null;
        List<Rate> maybe = List.of(); // most lists leave no doubt
        for (Rate rate : rates) {
            if (!isOfUnit(rate, unit) || !isOf(rate, modality, direction) || !isNarrowest(rate)) {
                continue;
            }
            switch (match(rate)) {
                case YES -> sure = sure == null || isCloser(rate, sure, modality) ? rate : sure;
                case MAYBE -> {
                    maybe = maybe.isEmpty() ? new ArrayList<>() : maybe;
                    maybe.add(rate);
                }
                case NO -> {}
            }
        }
        if (maybe.isEmpty()) {
            return sure == null ? Found.NOTHING : new Found(List.of(sure));
        }
        if (sure != null) {
            maybe.add(sure);
        }
        return new Found(maybe);
    }

    private static boolean isOfUnit(Rate rate, Rate.Unit unit) {
        return rate.unit() == unit
                || (unit == Rate.Unit.IMAGE && (rate.unit() == Rate.Unit.PIXEL || rate.unit() == Rate.Unit.MEGAPIXEL));
    }

    private static boolean isOf(Rate rate, Rate.@Nullable Modality modality, Rate.@Nullable Direction direction) {
        return modality == null
                || ((rate.modality() == modality || rate.modality() == Rate.Modality.ANY)
                        && rate.direction() == direction);
    }

    /** Whether no rate that is the same but for its pixels holds the size in fewer: of nested tiers one counts. */
    private boolean isNarrowest(Rate rate) {
        if (rate.maxPixels().isEmpty() || use.size().isEmpty()) {
            return true;
        }
        long asked = use.size().get().pixels();
        long most = rate.maxPixels().getAsLong();
        return rates.stream()
                .noneMatch(other -> other.maxPixels().isPresent()
                        && asked <= other.maxPixels().getAsLong()
                        && other.maxPixels().getAsLong() < most
                        && isSameButForPixels(other, rate));
    }

    private static boolean isSameButForPixels(Rate one, Rate other) {
        return one.unit() == other.unit()
                && one.modality() == other.modality()
                && one.direction() == other.direction()
                && one.quality().equals(other.quality())
                && one.sizes().equals(other.sizes())
                && one.resolution().equals(other.resolution())
                && one.minSteps().equals(other.minSteps())
                && one.aboveInputTokens().equals(other.aboveInputTokens())
                && one.batch() == other.batch();
    }

    private enum Match {
        NO,
        MAYBE,
        YES
    }

    private Match match(Rate rate) {
        Match match = least(
                least(byName(rate.quality(), quality), byName(rate.resolution(), resolution)),
                least(bySize(rate.sizes()), byPixels(rate.maxPixels())));
        if (rate.minSteps().isPresent()) {
            match = least(
                    match,
                    use.steps().isEmpty()
                            ? Match.MAYBE
                            : yes(use.steps().getAsInt() >= rate.minSteps().getAsInt()));
        }
        if (rate.aboveInputTokens().isPresent()) {
            long above = rate.aboveInputTokens().getAsLong();
            match = least(match, leastRead > above ? Match.YES : mostRead > above ? Match.MAYBE : Match.NO);
        }
        return match;
    }

    private static Match byName(Optional<String> wanted, Optional<String> said) {
        if (wanted.isEmpty()) {
            return Match.YES;
        }
        return said.isEmpty() ? Match.MAYBE : yes(wanted.get().equalsIgnoreCase(said.get()));
    }

    private Match bySize(List<PixelSize> wanted) {
        if (wanted.isEmpty()) {
            return Match.YES;
        }
        return size.isEmpty() ? Match.MAYBE : yes(wanted.contains(size.get()));
    }

    private Match byPixels(OptionalLong most) {
        if (most.isEmpty()) {
            return Match.YES;
        }
        return use.size().isEmpty() ? Match.MAYBE : yes(use.size().get().pixels() <= most.getAsLong());
    }

    private static Match yes(boolean holds) {
        return holds ? Match.YES : Match.NO;
    }

    private static Match least(Match one, Match other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** More conditions first, then the narrower ones, then the dearer. */
    private static boolean isCloser(Rate rate, Rate than, Rate.@Nullable Modality modality) {
        int byConditions = Integer.compare(conditions(rate, modality), conditions(than, modality));
        if (byConditions != 0) {
            return byConditions > 0;
        }
        int narrower = Long.compare(
                rate.aboveInputTokens().orElse(0), than.aboveInputTokens().orElse(0));
        if (narrower == 0) {
            narrower =
                    Integer.compare(rate.minSteps().orElse(0), than.minSteps().orElse(0));
        }
        if (narrower == 0) {
            narrower = Long.compare(
                    than.maxPixels().orElse(Long.MAX_VALUE), rate.maxPixels().orElse(Long.MAX_VALUE));
        }
        return narrower == 0 ? rate.amount().compareTo(than.amount()) > 0 : narrower > 0;
    }

    private static int conditions(Rate rate, Rate.@Nullable Modality modality) {
        return (rate.modality() == modality ? OWN_KIND : 0)
                + (rate.quality().isPresent() ? 1 : 0)
                + (rate.sizes().isEmpty() ? 0 : 1)
                + (rate.maxPixels().isPresent() ? 1 : 0)
                + (rate.resolution().isPresent() ? 1 : 0)
                + (rate.minSteps().isPresent() ? 1 : 0)
                + (rate.aboveInputTokens().isPresent() ? 1 : 0)
                + (rate.batch() ? 1 : 0);
    }

    private boolean isListed(PixelSize asked) {
        return rates.stream().anyMatch(rate -> rate.sizes().contains(asked));
    }

    /** The smallest class that holds the size, or the largest there is: what is asked beyond it is not drawn. */
    private Optional<String> classOf(PixelSize asked) {
        String best = null;
        long bestSide = 0;
        for (Rate rate : rates) {
            if (rate.resolution().isPresent() && rate.direction() == Rate.Direction.OUTPUT) {
                String name = rate.resolution().get();
                long side = Rate.side(name);
                boolean holds = holds(side, asked);
                boolean better = best == null
                        || (holds
                                ? side < bestSide || !holds(bestSide, asked)
                                : !holds(bestSide, asked) && side > bestSide);
                if (better) {
                    best = name;
                    bestSide = side;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static boolean holds(long side, PixelSize asked) {
        return asked.pixels() <= side * side * CLASS_TOLERANCE;
    }
}
