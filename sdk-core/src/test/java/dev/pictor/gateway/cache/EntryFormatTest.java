package dev.pictor.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.image.Pictures;
import dev.pictor.model.BackgroundRemovalResult;
import dev.pictor.model.Continuation;
import dev.pictor.model.Cost;
import dev.pictor.model.Embedding;
import dev.pictor.model.EmbeddingResult;
import dev.pictor.model.FinishReason;
import dev.pictor.model.ImageResult;
import dev.pictor.model.Money;
import dev.pictor.model.OptionWarning;
import dev.pictor.model.ReasoningResult;
import dev.pictor.model.Usage;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EntryFormatTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:15:30.123456789Z");
    private static final CacheEntry PICTURES = CacheEntry.builder(
                    ImageResult.builder("painter-1", List.of(Pictures.png(4, 3), Pictures.png(5, 3)))
                            .text("here \u00FC \uD83D\uDE00")
                            .usage(Usage.builder()
                                    .inputTextTokens(7)
                                    .outputImageTokens(1_290)
                                    .images(2)
                                    .build())
                            .finishReason(new FinishReason("odd"))
                            .addWarnings(new OptionWarning("seed", "not honoured"))
                            .vendorRequestId("r-1")
                            .build(),
                    NOW)
            .cost(Cost.of(Money.usd(39_000_000)))
            .prompt("a brass lamp")
            .addWarnings(new OptionWarning("count", "asked for 3 pictures, got 2"))
            .build();
    private static final CacheEntry WORDS = CacheEntry.builder(
                    ReasoningResult.builder("thinker-1", "").build(), NOW)
            .build();
    private static final CacheEntry VECTORS = CacheEntry.builder(
                    EmbeddingResult.builder(
                                    "vectors-1", List.of(Embedding.of(0.5f, -1), Embedding.of(1, Float.MIN_VALUE)))
                            .build(),
                    NOW)
            .build();
    private static final CacheEntry CUT_OUT = CacheEntry.builder(
                    BackgroundRemovalResult.builder("cutter-1", Pictures.png(4, 3))
                            .uncertainty(0.25)
                            .charged(new Money(250_000_000, "credits"))
                            .build(),
                    NOW)
            .build();

    private static final CacheEntry TO_GO_ON_FROM = CacheEntry.builder(
                    ImageResult.builder("painter-1", List.of(Pictures.png(4, 3)))
                            .continuation(Continuation.of("acme", new byte[100_000]))
                            .build(),
                    NOW)
            .build();

    @Test
    @DisplayName("R22: everything large in an answer counts, whatever kind it is of")
    void everythingLargeCounts() {
        assertThat(CUT_OUT.weightBytes())
                .isGreaterThanOrEqualTo(Pictures.png(4, 3).byteCount());
        assertThat(TO_GO_ON_FROM.weightBytes()).isGreaterThan(100_000);
    }

    @Test
    @DisplayName("R20: an answer of several pictures is stored and found whole")
    void keepsEverythingOfAnAnswer() {
        for (CacheEntry entry : List.of(PICTURES, WORDS, VECTORS, CUT_OUT, TO_GO_ON_FROM)) {
            assertThat(EntryFormat.decode(EntryFormat.encode(entry))).contains(entry);
        }
    }

    @Test
    void readsFromWhereverABufferStandsAndLeavesItThere() {
        ByteBuffer plain = EntryFormat.encode(PICTURES);
        ByteBuffer around = ByteBuffer.allocateDirect(plain.remaining() + 10);
        around.position(5).put(plain).limit(around.position()).position(5);

        assertThat(EntryFormat.decode(around.asReadOnlyBuffer())).contains(PICTURES);
        assertThat(around.position()).isEqualTo(5);
    }

    @Test
    void takesNothingDamagedForAnAnswer() {
        byte[] whole = EntryFormat.encode(PICTURES).array();
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
            assertThat(EntryFormat.decode(ByteBuffer.wrap(damaged))).isEmpty();
        }
        for (int length = 0; length < whole.length; length++) {
            assertThat(EntryFormat.decode(ByteBuffer.wrap(whole, 0, length))).isEmpty();
        }
    }

    @Test
    void takesOtherFormsForNoAnswerThoughTheirSumIsRight() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] whole = EntryFormat.encode(WORDS).array();
            whole[random.nextInt(whole.length - 4)] ^= (byte) (1 + random.nextInt(255));
            ByteBuffer changed = ByteBuffer.wrap(whole);
            changed.putInt(whole.length - 4, crc(changed.duplicate().limit(whole.length - 4)));

            // whatever comes of it, it is thrown by nobody
            assertThat(EntryFormat.decode(changed)).isNotNull();
        }
        ByteBuffer later = EntryFormat.encode(WORDS);
        later.put(4, (byte) 2);
        later.putInt(later.limit() - 4, crc(later.duplicate().limit(later.limit() - 4)));
        assertThat(EntryFormat.decode(later)).isEmpty();
    }

    @Test
    void weighsPicturesVectorsAndText() {
        int pictures = Pictures.png(4, 3).byteCount() + Pictures.png(5, 3).byteCount();

        assertThat(PICTURES.weightBytes()).isEqualTo(1_024 + pictures + 2L * "here ? ??a brass lamp".length());
        assertThat(VECTORS.weightBytes()).isEqualTo(1_024 + 4 * Float.BYTES);
        assertThat(WORDS.weightBytes()).isEqualTo(1_024);
    }

    private static int crc(ByteBuffer bytes) {
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
