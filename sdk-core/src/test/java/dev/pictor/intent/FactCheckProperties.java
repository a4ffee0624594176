package dev.pictor.intent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A prompt that keeps what a wish states passes, and one in which a single thing is changed does not. */
class FactCheckProperties {

    private static final List<String> ONES = List.of(
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen");
    private static final List<String> TENS =
            List.of("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
    private static final List<String> COLOURS = List.of(
            "red", "blue", "green", "yellow", "white", "black", "pink", "grey", "brown", "purple", "golden", "teal");
    private static final List<String> THINGS = List.of(
            "kites",
            "foxes",
            "lamps",
            "boats",
            "cherries",
            "umbrellas",
            "horses",
            "children",
            "geese",
            "benches",
            "balloons",
            "glass bottles",
            "armchairs");
    private static final List<String> SIGNS =
            List.of("Home", "Open late", "No. 7", "Café", "Don't panic", "1,000 lamps");
    private static final List<String> UNWANTED = List.of("people", "cars", "lettering", "clouds", "shadows", "wires");
    private static final List<String> PLACES = List.of("over a lake", "in the snow", "beside an old wall", "at dusk");
    private static final List<String> ADJECTIVES = List.of("", "large ", "slender, ", "old wooden ", "softly lit ");

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("what keeps everything passes, and what changes one thing does not")
    void tellsKeptFromChanged(long seed) {
        Random random = new Random(seed);
        Scene scene = Scene.of(random);
        String wish = scene.wish(random);
        List<StatedFact> stated = FactCheck.stated(wish);
        assertThat(FactCheck.missing(stated, wish + "\n\nA professional photograph."))
                .as("seed %d: %s of: %s", seed, stated, wish)
                .isEmpty();

        String kept = scene.prompt(random);
        assertThat(FactCheck.missing(stated, kept))
                .as("seed %d: %s in: %s", seed, stated, kept)
                .isEmpty();
        for (Change change : Change.values()) {
            String changed = scene.changed(change, random).prompt(random);
            assertThat(FactCheck.missing(stated, changed))
                    .as("seed %d, %s: %s in: %s", seed, change, stated, changed)
                    .hasSize(1);
        }
    }

    private enum Change {
        COUNT,
        COLOUR,
        THING,
        SIGN,
        DROPPED_SIGN,
        WANTED,
        DROPPED_EXCLUSION
    }

    private record Things(int count, String colour, String name) {

        String phrase(Random random, boolean reworded) {
            String number = !reworded || random.nextBoolean() ? words(count, random) : Integer.toString(count);
            if (reworded && random.nextInt(3) == 0) {
                return number + " " + name + " in deep " + spelled(colour);
            }
            return number + " " + (reworded ? any(ADJECTIVES, random) : "") + (reworded ? spelled(colour) : colour)
                    + " " + name;
        }

        private static String spelled(String colour) {
            return colour.equals("grey") ? "gray" : colour;
        }
    }

    private record Scene(List<Things> things, String sign, List<String> unwanted, List<String> wanted) {

        static Scene of(Random random) {
            List<String> names = new ArrayList<>(THINGS);
            Collections.shuffle(names, random);
            List<Things> things = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(2); i++) {
                things.add(new Things(2 + random.nextInt(98), any(COLOURS, random), names.get(i)));
            }
            List<String> unwanted = new ArrayList<>(UNWANTED);
            Collections.shuffle(unwanted, random);
            return new Scene(things, any(SIGNS, random), unwanted.subList(0, 1 + random.nextInt(3)), List.of());
        }

        String wish(Random random) {
            List<String> parts = new ArrayList<>();
            things.forEach(some -> parts.add(some.phrase(random, false)));
            String scene = String.join(" and ", parts) + " " + any(PLACES, random);
            return scene + ", a sign that says \"" + sign + "\", " + excluded(unwanted, random)
                    + (random.nextBoolean() ? " please" : "");
        }

        /** The same in other words, and with more to it. */
        String prompt(Random random) {
            List<String> parts = new ArrayList<>();
            things.forEach(some -> parts.add(some.phrase(random, true)));
            Collections.shuffle(parts, random);
            String scene = String.join(" beside ", parts) + " under a pale evening sky";
            String lettering = sign.isEmpty() ? "" : ", with a sign: \u201c" + sign + "\u201d";
            String crowd = wanted.isEmpty() ? "" : " In the distance there are " + String.join(" and ", wanted) + ".";
            String without = unwanted.isEmpty()
                    ? ""
                    : random.nextBoolean()
                            ? " " + excluded(unwanted, random) + "."
                            : " Leave out: " + String.join("; ", unwanted) + ".";
            return "A quiet picture of " + scene + lettering + ". Seen from eye level, 35 mm lens." + crowd + without;
        }

        private static String excluded(List<String> unwanted, Random random) {
            if (random.nextBoolean()) {
                return "no " + String.join(", no ", unwanted);
            }
            int last = unwanted.size() - 1;
            return last == 0
                    ? "without any " + unwanted.get(0)
                    : "without " + String.join(", ", unwanted.subList(0, last)) + " or " + unwanted.get(last);
        }

        Scene changed(Change change, Random random) {
            int which = random.nextInt(things.size());
            Things one = things.get(which);
            return switch (change) {
                case COUNT -> with(which, new Things(other(one.count, random), one.colour, one.name));
                case COLOUR ->
                    with(which, new Things(one.count, other(COLOURS, List.of(one.colour), random), one.name));
                case THING ->
                    with(
                            which,
                            new Things(
                                    one.count,
                                    one.colour,
                                    other(
                                            THINGS,
                                            things.stream().map(Things::name).toList(),
                                            random)));
                case SIGN -> new Scene(things, other(SIGNS, List.of(sign), random), unwanted, wanted);
                case DROPPED_SIGN -> new Scene(things, "", unwanted, wanted);
                case WANTED ->
                    new Scene(things, sign, unwanted.subList(1, unwanted.size()), List.of("gulls", unwanted.get(0)));
                case DROPPED_EXCLUSION -> new Scene(things, sign, unwanted.subList(1, unwanted.size()), wanted);
            };
        }

        private Scene with(int which, Things changed) {
            List<Things> all = new ArrayList<>(things);
            all.set(which, changed);
            return new Scene(all, sign, unwanted, wanted);
        }
    }

    private static int other(int count, Random random) {
        int other = 2 + random.nextInt(98);
        return other == count ? (count == 2 ? 3 : count - 1) : other;
    }

    private static String other(List<String> all, List<String> but, Random random) {
        String other = any(all, random);
        return but.contains(other) ? other(all, but, random) : other;
    }

    private static String words(int count, Random random) {
        if (random.nextBoolean()) {
            return Integer.toString(count);
        }
        if (count == 12 && random.nextBoolean()) {
            return "a dozen";
        }
        return count < 20
                ? ONES.get(count)
                : TENS.get(count / 10) + (count % 10 == 0 ? "" : "-" + ONES.get(count % 10));
    }

    private static String any(List<String> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
