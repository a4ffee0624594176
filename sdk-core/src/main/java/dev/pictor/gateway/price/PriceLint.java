package dev.pictor.gateway.price;

import dev.pictor.gateway.price.PricedModel.Kind;
import dev.pictor.image.PixelSize;
import dev.pictor.model.Rate;
import dev.pictor.model.RateBuilder;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is wrong with prices although each line of them reads well: the errors that public price lists were seen to have. */
final class PriceLint {

    private static final BigDecimal AMPLE = BigDecimal.valueOf(4);

    /** Qualities from the cheapest on, by the names that vendors use. */
    private static final List<Set<String>> QUALITIES = List.of(
            Set.of("low"),
            Set.of("standard", "medium"),
            Set.of("high", "hd", "premium"),
            Set.of("xhigh"),
            Set.of("max"));

    /** The usual range of a rate, in US dollars: a factor of ten or so beyond the lists of November 2026. */
    private record Range(String least, String most) {}

    private static final Map<String, Range> USUAL = Map.ofEntries(
            Map.entry("TOKEN TEXT INPUT", new Range("0.005", "50")),
            Map.entry("TOKEN TEXT CACHED_INPUT", new Range("0.0005", "50")),
            Map.entry("TOKEN TEXT OUTPUT", new Range("0.02", "400")),
            Map.entry("TOKEN IMAGE INPUT", new Range("0.01", "50")),
            Map.entry("TOKEN IMAGE CACHED_INPUT", new Range("0.001", "50")),
            Map.entry("TOKEN IMAGE OUTPUT", new Range("1", "400")),
            Map.entry("TOKEN AUDIO INPUT", new Range("0.05", "200")),
            Map.entry("TOKEN AUDIO OUTPUT", new Range("0.2", "800")),
            Map.entry("IMAGE IMAGE INPUT", new Range("0.00005", "0.1")),
            Map.entry("IMAGE IMAGE OUTPUT", new Range("0.001", "2")),
            Map.entry("PIXEL IMAGE OUTPUT", new Range("0.000000001", "0.0000005")),
            Map.entry("MEGAPIXEL IMAGE OUTPUT", new Range("0.001", "0.5")),
            Map.entry("REQUEST ANY OUTPUT", new Range("0.0001", "10")));

    private PriceLint() {}

    /** Tells what is wrong with the size of a rate that comes without a reason for it. */
    static Optional<String> size(Rate rate, boolean dollars) {
        String what = rate.unit() + " " + rate.modality() + " " + rate.direction();
        if (rate.amount().signum() == 0) {
            return Optional.of("has an amount of 0: say why in because, or leave the rate out if it is unknown");
        }
        @Nullable Range usual = USUAL.get(what);
        if (usual == null) {
            return Optional.of("counts " + what + ", which no vendor does");
        }
        boolean unusual = rate.amount().compareTo(new BigDecimal(usual.least())) < 0
                || rate.amount().compareTo(new BigDecimal(usual.most())) > 0;
        return dollars && unusual
                ? Optional.of("has an amount of " + rate.amount().toPlainString() + ", usual for " + what + " is "
                        + usual.least() + " to " + usual.most() + ": say why in because, if it is right")
                : Optional.empty();
    }

    /** Adds what is wrong with models beside each other, and with the rates of each. */
    static void check(List<PricedModel> models, List<String> problems) {
        Map<String, String> seen = new HashMap<>();
        Set<List<Object>> checked = new HashSet<>();
        for (PricedModel model : models) {
            List<String> names = new ArrayList<>(model.aliases());
            names.add(model.id());
            for (String name : names) {
                @Nullable String other = seen.put(model.provider() + "/" + name, model.id());
                if (other != null) {
                    problems.add(
                            model.provider() + "/" + name + " has two prices: in " + other + " and in " + model.id());
                }
            }
            if (checked.add(
                    List.of(model.id(), model.price()))) { // the same rates at another provider have the same problems
                new Rates(model, problems).check();
            }
        }
    }

    /** The rates of one model. */
    private record Rates(PricedModel model, List<String> problems) {

        void check() {
            List<Rate> rates = model.price().rates();
            if (rates.isEmpty()) {
                return;
            }
            complete();
            tiers();
            for (int i = 0; i < rates.size(); i++) {
                for (int j = 0; j < rates.size(); j++) {
                    if (i != j && isOfOneThing(rates.get(i), rates.get(j))) {
                        pair(rates.get(i), rates.get(j), i < j);
                    }
                }
                dates(rates.get(i));
                tokens(rates.get(i));
                cached(rates.get(i));
            }
        }

        private void complete() {
            boolean priced = switch (model.kind()) {
                case IMAGE -> has(Rate.Modality.IMAGE, Rate.Direction.OUTPUT);
                case TEXT ->
                    has(Rate.Modality.TEXT, Rate.Direction.INPUT) && has(Rate.Modality.TEXT, Rate.Direction.OUTPUT);
                case EMBEDDING -> has(Rate.Modality.TEXT, Rate.Direction.INPUT);
            };
            if (!priced) {
                problem("has no rate for " + (model.kind() == Kind.IMAGE ? "the pictures it draws" : "its text"));
            }
        }

        private boolean has(Rate.Modality modality, Rate.Direction direction) {
            return model.price().rates().stream()
                    .anyMatch(rate -> rate.unit() == Rate.Unit.REQUEST
                            || (rate.modality() == modality && rate.direction() == direction));
        }

        private void pair(Rate one, Rate other, boolean once) {
            if (once && conditions(one).equals(conditions(other)) && overlap(one, other)) {
                problem("has two prices for " + name(one) + " on one day");
            }
            boolean tiers = sameButQuality(one, other) && overlap(one, other);
            if (tiers
                    && one.quality().isPresent()
                    && other.quality().isPresent()
                    && rank(one) >= 0
                    && rank(other) > rank(one)
                    && one.amount().compareTo(other.amount()) > 0) {
                problem("asks less for " + name(other) + " than for " + name(one));
            }
            if (tiers
                    && one.quality().isEmpty()
                    && other.quality().isPresent()
                    && one.amount().compareTo(other.amount()) < 0) {
                problem("asks less for " + name(one) + ", which says no quality, than for " + name(other));
            }
        }

        /** A quality that has a price at one size has one at every size. */
        private void tiers() {
            Map<Rate, Map<String, Set<PixelSize>>> things = new LinkedHashMap<>();
            for (Rate rate : model.price().rates()) {
                if (!rate.sizes().isEmpty()) {
                    things.computeIfAbsent(thing(rate), thing -> new LinkedHashMap<>())
                            .computeIfAbsent(rate.quality().orElse(""), quality -> new HashSet<>())
                            .addAll(rate.sizes());
                }
            }
            things.forEach((thing, sizesByQuality) -> {
                Set<PixelSize> sizes = new HashSet<>();
                sizesByQuality.values().forEach(sizes::addAll);
                sizesByQuality.forEach((quality, own) -> {
                    List<String> missing = sizes.stream()
                            .filter(size -> !own.contains(size))
                            .map(PixelSize::toString)
                            .sorted()
                            .toList();
                    boolean covered = model.price().rates().stream()
                            .anyMatch(rate -> rate.sizes().isEmpty()
                                    && thing(rate).equals(thing)
                                    && rate.quality().orElse(quality).equals(quality));
                    if (!missing.isEmpty() && !covered) {
                        problem("has a gap: no price for " + (quality.isEmpty() ? "pictures" : "quality " + quality)
                                + " at " + missing);
                    }
                });
            });
        }

        /** A rate that ends has a successor on the day it ends, and one that begins a predecessor or none at all. */
        private void dates(Rate rate) {
            if (rate.validUntil().isEmpty()) {
                return;
            }
            LocalDate end = rate.validUntil().get();
            boolean later = false;
            boolean at = false;
            for (Rate other : model.price().rates()) {
                if (conditions(other).equals(conditions(rate))) {
                    later |= other.validFrom().map(from -> from.isAfter(end)).orElse(false);
                    at |= other.isInForce(end);
                }
            }
            if (later && !at) {
                problem("has a gap: no price for " + name(rate) + " from " + end);
            }
        }

        /** The price of a picture and the price of its tokens are about the same. */
        private void tokens(Rate rate) {
            if (rate.unit() != Rate.Unit.IMAGE
                    || rate.tokens().isEmpty()
                    || rate.amount().signum() == 0) {
                return;
            }
            for (Rate byToken : model.price().rates()) {
                if (byToken.unit() == Rate.Unit.TOKEN
                        && byToken.modality() == Rate.Modality.IMAGE
                        && byToken.direction() == rate.direction()
                        && byToken.batch() == rate.batch()) {
                    BigDecimal all = byToken.amount()
                            .multiply(BigDecimal.valueOf(rate.tokens().getAsLong()))
                            .scaleByPowerOfTen(-6);
                    if (all.compareTo(rate.amount().multiply(AMPLE)) > 0
                            || rate.amount().compareTo(all.multiply(AMPLE)) > 0) {
                        problem("asks " + rate.amount().toPlainString() + " for " + name(rate) + ", but "
                                + all.toPlainString() + " for its tokens");
                    }
                }
            }
        }

        private void cached(Rate rate) {
            if (rate.direction() != Rate.Direction.CACHED_INPUT) {
                return;
            }
            for (Rate fresh : model.price().rates()) {
                if (fresh.direction() == Rate.Direction.INPUT
                        && fresh.unit() == rate.unit()
                        && fresh.modality() == rate.modality()
                        && fresh.batch() == rate.batch()
                        && fresh.amount().compareTo(rate.amount()) < 0) {
                    problem("asks more for what it holds than for what it reads anew: " + name(rate));
                }
            }
        }

        private void problem(String text) {
            problems.add(model.id() + " " + text);
        }

        private static boolean isOfOneThing(Rate one, Rate other) {
            return one.unit() == other.unit()
                    && one.modality() == other.modality()
                    && one.direction() == other.direction();
        }

        private static boolean overlap(Rate one, Rate other) {
            return starts(one).isBefore(ends(other)) && starts(other).isBefore(ends(one));
        }

        private static LocalDate starts(Rate rate) {
            return rate.validFrom().orElse(LocalDate.MIN);
        }

        private static LocalDate ends(Rate rate) {
            return rate.validUntil().orElse(LocalDate.MAX);
        }

        /** What a rate is of, apart from quality and size. */
        private static Rate thing(Rate rate) {
            return bare(rate).quality(Optional.empty()).sizes(List.of()).build();
        }

        /** The rate with nothing but its thing and conditions. */
        private static Rate conditions(Rate rate) {
            return bare(rate).build();
        }

        private static RateBuilder bare(Rate rate) {
            return rate.toBuilder()
                    .amount(BigDecimal.ONE)
                    .per(1)
                    .tokens(OptionalLong.empty())
                    .validFrom(Optional.empty())
                    .validUntil(Optional.empty());
        }

        private static boolean sameButQuality(Rate one, Rate other) {
            return bare(one)
                    .quality(Optional.empty())
                    .build()
                    .equals(bare(other).quality(Optional.empty()).build());
        }

        private static int rank(Rate rate) {
            for (int i = 0; i < QUALITIES.size(); i++) {
                if (QUALITIES.get(i).contains(rate.quality().orElse(""))) {
                    return i;
                }
            }
            return -1;
        }

        private static String name(Rate rate) {
            StringBuilder name = new StringBuilder(rate.unit() + " " + rate.modality() + " " + rate.direction());
            rate.quality().ifPresent(quality -> name.append(' ').append(quality));
            rate.resolution().ifPresent(resolution -> name.append(' ').append(resolution));
            if (!rate.sizes().isEmpty()) {
                name.append(' ').append(rate.sizes());
            }
            return name.append(rate.batch() ? " batch" : "").toString();
        }
    }
}
