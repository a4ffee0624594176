package dev.pictor.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenEstimateTest {

    private static final EncodingRegistry ENCODINGS = Encodings.newLazyEncodingRegistry();
    private static final int TEXTS = 2_000;

    /** First and last character of blocks, as code points. */
    private static final int[][] BLOCKS = {
        {0x20, 0x7E}, // Latin
        {0xC0, 0x24F}, // Latin with marks
        {0x300, 0x36F}, // marks alone
        {0x370, 0x3FF}, // Greek
        {0x400, 0x4FF}, // Cyrillic
        {0x590, 0x5F4}, // Hebrew
        {0x600, 0x6FF}, // Arabic
        {0x900, 0x97F}, // Devanagari
        {0xE00, 0xE5B}, // Thai
        {0x1200, 0x137C}, // Ethiopic
        {0x2000, 0x206F}, // blanks and marks that do not show
        {0x3040, 0x30FF}, // Japanese
        {0x4E00, 0x9FFF}, // Chinese
        {0xAC00, 0xD7A3}, // Korean
        {0xD800, 0xDFFF}, // halves of characters
        {0xFDFA, 0xFDFD}, // one character that is a sentence
        {0xFE00, 0xFE0F}, // variation selectors
        {0x12000, 0x12399}, // Cuneiform
        {0x1F300, 0x1FAFF}, // emoji
        {0xE0000, 0xE007F}, // tags
        {0x0, 0x1F} // control characters
    };

    private static Encoding encoding(EncodingType type) {
        return ENCODINGS.getEncoding(type);
    }

    /** Special tokens of a vendor are text to a prompt. */
    private static int count(EncodingType type, String text) {
        return encoding(type)
                .countTokensOrdinary(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        boolean mixed = random.nextInt(3) == 0;
        int[] block = BLOCKS[random.nextInt(BLOCKS.length)];
        int length = random.nextInt(200);
        for (int i = 0; i < length; i++) {
            int[] from = mixed ? BLOCKS[random.nextInt(BLOCKS.length)] : block;
            text.appendCodePoint(from[0] + random.nextInt(from[1] - from[0] + 1));
            if (random.nextInt(8) == 0) {
                text.append(random.nextInt(10) == 0 ? "\n\n" : " ");
            }
        }
        return text.toString();
    }

    @ParameterizedTest
    @EnumSource(
            value = EncodingType.class,
            names = {"CL100K_BASE", "O200K_BASE"})
    void isNeverOverTheBoundWhateverTheScript(EncodingType type) {
        for (int seed = 0; seed < TEXTS; seed++) {
            String text = text(new Random(seed));
            TokenEstimate estimate = TokenEstimate.of(text);

            assertThat((long) count(type, text)).as("seed %d", seed).isLessThanOrEqualTo(estimate.atMost());
            assertThat(estimate.expected()).as("seed %d", seed).isLessThanOrEqualTo(estimate.atMost());
            assertThat(estimate.atMost()).as("seed %d", seed).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = EncodingType.class,
            names = {"CL100K_BASE", "O200K_BASE"})
    void expectsAboutWhatTheLibraryIsReadAs(EncodingType type) throws Exception {
        List<Double> ratios = new ArrayList<>();
        PromptSource library = PromptSource.builtIn();
        PromptRegistry registry = PromptRegistry.builtIn();
        for (String path : library.paths()) {
            if (path.contains("_")) {
                continue;
            }
            String key = path.replace(".prompt", "");
            int dot = key.indexOf('.');
            Prompt prompt = dot < 0
                    ? registry.resolve(key, PromptSelection.none()).prompt()
                    : registry.resolve(key.substring(0, dot), PromptSelection.ofVariant(key.substring(dot + 1)))
                            .prompt();
            Map<String, Object> example = prompt.extensions().get("pictor.example") instanceof Map<?, ?> given
                    ? Values.copyOf(given)
                    : Map.of("wish", "a lamp on a desk", "style", "oil");
            RenderedPrompt rendered = prompt.render(example);
            int real = count(type, rendered.text());
            TokenEstimate estimate = PromptLint.tokens(rendered);

            assertThat(estimate.atMost())
                    .as(path)
                    .isGreaterThanOrEqualTo(real + 3 + 3L * rendered.messages().size());
            ratios.add(TokenEstimate.of(rendered.text()).expected() / (double) real);
        }
        double mean = ratios.stream().mapToDouble(ratio -> ratio).average().orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "tokens of %d library renderings, expected to %s: %.2f to %.2f, mean %.2f%n",
                ratios.size(),
                type.getName(),
                ratios.stream().mapToDouble(ratio -> ratio).min().orElseThrow(),
                ratios.stream().mapToDouble(ratio -> ratio).max().orElseThrow(),
                mean);

        assertThat(mean).isCloseTo(1, within(0.25));
        assertThat(ratios).allSatisfy(ratio -> assertThat(ratio).isBetween(0.6, 1.6));
    }

    @Test
    void expectsTheOrderOfOtherScripts() {
        Map<String, String> texts = Map.of(
                "Russian", "Маленькая лампа стоит на письменном столе у окна и освещает старую книгу.",
                "Greek", "Μια μικρή λάμπα στέκεται στο γραφείο δίπλα στο παράθυρο.",
                "Arabic", "مصباح صغير على المكتب بجانب النافذة يضيء كتابا قديما",
                "Hindi", "खिड़की के पास मेज पर एक छोटा दीपक पुरानी किताब को रोशन करता है",
                "Chinese", "窗边的书桌上放着一盏小灯，照亮了一本旧书。",
                "Japanese", "窓際の机の上に小さなランプがあり、古い本を照らしています。",
                "Korean", "창가의 책상 위에 작은 램프가 놓여 오래된 책을 비추고 있습니다.",
                "emoji", "😀🎨🖼️🌄🪔📚🐈‍⬛👩‍🚀",
                "numbers", "In 2026 it cost 1,234,567.89 USD for 1024 x 1536 pixels.",
                "JSON", "{\"a\": [1, 2, 3], \"b\": {\"c\": null, \"d\": \"e\"}}");

        texts.forEach((name, text) -> {
            double ratio = TokenEstimate.of(text).expected() / (double) count(EncodingType.O200K_BASE, text);
            System.out.printf(Locale.ROOT, "tokens of %s, expected to o200k_base: %.2f%n", name, ratio);

            assertThat(ratio).as(name).isBetween(0.33, 3.0);
        });
    }

    @Test
    void countsPicturesApartAndWrapsManyMessages() {
        Prompt prompt = PromptRegistry.of(MemoryPromptSource.of(
                        Map.of("p.prompt", "{{role \"system\"}}ab{{role \"user\"}}{{media url=u}}{{section \"s\"}}cd")))
                .resolve("p", PromptSelection.none())
                .prompt();
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            many.append("{{role \"user\"}}a{{role \"model\"}}b");
        }
        Prompt long100 = PromptRegistry.of(MemoryPromptSource.of(Map.of("p.prompt", many.toString())))
                .resolve("p", PromptSelection.none())
                .prompt();

        assertThat(PromptLint.tokens(prompt.render(Map.of("u", "https://a/b.png"))))
                .isEqualTo(new TokenEstimate(10, 4 + 256, 1));
        assertThat(PromptLint.tokens(long100.render(Map.of())).atMost()).isEqualTo(100 + 404);
    }
}
