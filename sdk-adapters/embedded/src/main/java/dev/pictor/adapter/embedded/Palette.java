package dev.pictor.adapter.embedded;

import dev.pictor.adapter.embedded.Lexicon.Kind;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The colours of one picture: those of its light, and first among the accents those that the prompt names. Immutable.
 *
 * @param light its name, such as {@code sunset}
 * @param named how many of the accents the prompt names
 */
record Palette(
        String light,
        Color skyTop,
        Color skyLow,
        Color sun,
        Color far,
        Color near,
        Color deep,
        List<Color> accents,
        int named) {

    private static final Map<String, List<String>> LIGHTS = Lexicon.rows("palettes.tsv").stream()
            .map(Arrays::asList)
            .collect(Collectors.toUnmodifiableMap(row -> row.get(0), Function.identity()));

    static Palette of(Reading reading, Random random) {
        String light = reading.names(Kind.LIGHT).stream().findFirst().orElse("day");
        List<Color> row = LIGHTS.getOrDefault(light, List.of()).stream()
                .skip(1)
                .map(Color::decode)
                .toList();
        List<Color> own = new ArrayList<>(row.subList(6, row.size()));
        Collections.shuffle(own, random);
        List<Color> accents = new ArrayList<>(reading.colours());
        int named = accents.size();
        accents.addAll(own);
        return new Palette(
                light,
                row.get(0),
                row.get(1),
                row.get(2),
                row.get(3),
                row.get(4),
                row.get(5),
                List.copyOf(accents),
                named);
    }

    /** Returns an accent; mostly one of the named ones, if there are any. */
    Color accent(Random random) {
        int choices = named > 0 && random.nextInt(10) < 7 ? named : accents.size();
        return accents.get(random.nextInt(choices));
    }

    /** Returns the first named colour, or another. */
    Color main(Color other) {
        return named > 0 ? accents.get(0) : other;
    }

    boolean dark() {
        return light.equals("night") || light.equals("neon");
    }
}
