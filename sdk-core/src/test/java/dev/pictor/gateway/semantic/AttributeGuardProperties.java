package dev.pictor.gateway.semantic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttributeGuardProperties {

    private static final List<List<String>> FACTS = List.of(
            List.of("two", "three", "seven", "11", "dozen"),
            List.of("tiny", "small", "large", "huge"),
            List.of("red", "blue", "teal", "white", "unpainted"),
            List.of("wooden", "steel", "glass", "felt"),
            List.of("chairs", "foxes", "kettles", "violins", "gardeners", "wardens"),
            List.of("left of", "right of", "above", "below", "behind", "without", "with"),
            List.of("one barn", "five barns", "an old lorry", "some rain", "the harbor"),
            List.of("at dawn", "at dusk", "in winter", "in May", "in 1950"));

    private static final List<String> GREETINGS = List.of(
            "", "", "Hi, ", "Hello there! ", "Good morning, ", "ok, ", "Hey, ", "My request: ", "So, ", "Prompt: ");

    private static final List<String> ASKING = List.of(
            "could you ",
            "please ",
            "Would you kindly ",
            "can you help me ",
            "I'd like you to ",
            "we need you to ",
            "I was wondering if you could ",
            "your task is to ",
            "would it be possible to ");

    private static final List<String> MAKING = List.of(
            "make ",
            "create ",
            "produce ",
            "show me ",
            "give us ",
            "whip up ",
            "come up with ",
            "put together ",
            "depict ",
            "draw me ");

    private static final List<String> WISHES = List.of(
            "I want ",
            "we would like to see ",
            "I'm looking for ",
            "could I please get ",
            "may we have ",
            "how about ",
            "let me have ",
            "how would you picture ",
            "there are ");

    private static final List<String> IMAGES = List.of(
            "",
            "",
            "an image of ",
            "a picture showing ",
            "one visual of ",
            "a nice graphic depicting ",
            "the pic of ",
            "a picture with ");

    private static final List<String> ENDS = List.of(
            "",
            ".",
            "!",
            "?",
            ", please",
            ", thanks a lot",
            " - thank you!",
            "; many thanks",
            ", if you can",
            " when you get a chance",
            ". That would be lovely.",
            " pls",
            ", cheers",
            ", if you would be so kind");

    private final AttributeGuard guard = AttributeGuard.english();

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("R21: one changed fact is never the same, however it is worded")
    void neverTakesAChangedFact(long seed) {
        Random random = new Random(seed);
        int[] choice =
                FACTS.stream().mapToInt(words -> random.nextInt(words.size())).toArray();
        String prompt = prompt(choice);
        int changed = random.nextInt(FACTS.size());
        choice[changed] =
                (choice[changed] + 1 + random.nextInt(FACTS.get(changed).size() - 1))
                        % FACTS.get(changed).size();
        String other = prompt(choice);

        assertThat(guard.agree(prompt, reworded(other, random)))
                .as("seed %d: %s | %s", seed, prompt, other)
                .isFalse();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("R21: what is harmless leaves a prompt the same")
    void takesAHarmlessChange(long seed) {
        Random random = new Random(seed);
        String prompt = prompt(
                FACTS.stream().mapToInt(words -> random.nextInt(words.size())).toArray());
        String other = reworded(prompt, random);

        assertThat(guard.agree(prompt, other))
                .as("seed %d: %s | %s", seed, prompt, other)
                .isTrue();
        assertThat(guard.agree(other, prompt))
                .as("seed %d, the other way", seed)
                .isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("R21: words of asking inside a description are facts of it")
    void keepsWordsOfAskingThatAreDescribed(long seed) {
        Random random = new Random(seed);
        String told = one(
                List.of(
                        "a painter creating an image of %s",
                        "a clerk who asks could you please give me %s",
                        "a billboard showing %s",
                        "a poster on which a child is looking for %s",
                        "a robot that can make us %s"),
                random);
        String dog = told.formatted("a dog");
        String cat = told.formatted("a cat");

        assertThat(guard.agree(asked(dog, random), asked(dog, random)))
                .as("seed %d: %s", seed, dog)
                .isTrue();
        assertThat(guard.agree(asked(dog, random), asked(cat, random)))
                .as("seed %d: %s", seed, dog)
                .isFalse();
        assertThat(guard.agree(asked(dog, random), "a dog"))
                .as("seed %d: %s is no dog", seed, dog)
                .isFalse();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("any text is read, embedded, and the same as itself, whatever signs it is of")
    void readsWhateverThereIs(long seed) {
        Random random = new Random(seed);
        String signs = "^{}[]()\"'«»=_-+*/\\|~<>.,;:!?#%&@ \u2019\u00e9\u0301\ud83d\ude00aIx37";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1 + random.nextInt(40); i++) {
            text.append(signs.charAt(random.nextInt(signs.length())));
        }
        String prompt = text.toString();

        assertThat(guard.agree(prompt, prompt)).as("seed %d: %s", seed, prompt).isTrue();
        assertThat(LexicalEmbedder.create().embed(prompt).dimensions())
                .as("seed %d: %s", seed, prompt)
                .isEqualTo(LexicalEmbedder.DIMENSIONS);
    }

    private static String prompt(int[] choice) {
        StringBuilder prompt = new StringBuilder();
        for (int i = 0; i < choice.length; i++) {
            prompt.append(i == 0 ? "" : " ").append(FACTS.get(i).get(choice[i]));
        }
        return prompt.toString();
    }

    private static String reworded(String prompt, Random random) {
        String other = random.nextBoolean() ? prompt.toUpperCase(Locale.ROOT) : prompt.replace(" ", "  ");
        other = random.nextBoolean() ? other.replace("THREE", "3").replace("three", "3") : other;
        return asked(other, random);
    }

    private static String asked(String prompt, Random random) {
        String asking = random.nextBoolean() ? one(ASKING, random) + one(MAKING, random) : one(WISHES, random);
        String start = random.nextInt(4) == 0 ? "" : one(GREETINGS, random) + asking + one(IMAGES, random);
        return start + prompt + one(ENDS, random);
    }

    private static String one(List<String> wordings, Random random) {
        return wordings.get(random.nextInt(wordings.size()));
    }
}
