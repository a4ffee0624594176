package dev.pictor.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pictor.image.AspectRatio;
import dev.pictor.image.ImageBytes;
import dev.pictor.image.Pictures;
import dev.pictor.image.PixelSize;
import dev.pictor.model.Continuation;
import dev.pictor.model.EmbeddingRequest;
import dev.pictor.model.ImageRequest;
import dev.pictor.model.Message;
import dev.pictor.model.MessagePart;
import dev.pictor.model.ReasoningRequest;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CacheKeyTest {

    private static final CacheTarget TARGET =
            CacheTarget.builder("acme", "painter-1").build();
    private static final ImageBytes LAMP = Pictures.png(4, 3);
    private static final ImageBytes DESK = Pictures.png(5, 3);
    private static final ImageRequest LAMP_ON_A_DESK =
            ImageRequest.builder("a brass lamp").addReferences(LAMP).build();
    private static final ReasoningRequest QUESTION =
            ReasoningRequest.builder(List.of(Message.user("what is it?"))).build();

    /** Whoever adds a field to a request decides here what it means for the key. */
    @Nested
    @DisplayName("R19: every field of a request and its target is in the key")
    class EveryField {

        @Test
        void ofRequestsToDraw() {
            Map<String, ImageRequest> changed = new HashMap<>();
            changed.put(
                    "prompt",
                    ImageRequest.builder("a brass Lamp").addReferences(LAMP).build());
            changed.put(
                    "references",
                    LAMP_ON_A_DESK.toBuilder().references(List.of(DESK)).build());
            changed.put("mask", LAMP_ON_A_DESK.toBuilder().mask(LAMP).build());
            changed.put("count", LAMP_ON_A_DESK.toBuilder().count(2).build());
            changed.put(
                    "size", LAMP_ON_A_DESK.toBuilder().size(new PixelSize(1, 1)).build());
            changed.put(
                    "aspectRatio",
                    LAMP_ON_A_DESK.toBuilder().aspectRatio(AspectRatio.SQUARE).build());
            changed.put("seed", LAMP_ON_A_DESK.toBuilder().seed(0).build());
            changed.put("options", LAMP_ON_A_DESK.toBuilder().putOptions("x", 1).build());
            changed.put(
                    "continuable", LAMP_ON_A_DESK.toBuilder().continuable(true).build());
            changed.put(
                    "continuation",
                    LAMP_ON_A_DESK.toBuilder()
                            .continuation(Continuation.of("acme", new byte[] {1}))
                            .build());

            assertThat(changed.keySet()).isEqualTo(accessors(ImageRequest.class));
            assertAllDiffer(Stream.concat(Stream.of(LAMP_ON_A_DESK), changed.values().stream())
                    .map(request -> CacheKey.of(TARGET, request)));
            changed.remove("prompt");
            assertAllDiffer(Stream.concat(Stream.of(LAMP_ON_A_DESK), changed.values().stream())
                    .map(request -> CacheKey.envelope(TARGET, request)));
        }

        @Test
        void ofRequestsToReason() {
            List<Message> messages = QUESTION.messages();
            Map<String, ReasoningRequest> changed = new HashMap<>();
            changed.put(
                    "messages",
                    ReasoningRequest.builder(List.of(Message.user("what is that?")))
                            .build());
            changed.put(
                    "answerSchema",
                    ReasoningRequest.builder(messages)
                            .putAnswerSchema("type", "object")
                            .build());
            changed.put(
                    "maxOutputTokens",
                    ReasoningRequest.builder(messages).maxOutputTokens(1).build());
            changed.put(
                    "thinkingTokens",
                    ReasoningRequest.builder(messages).thinkingTokens(1).build());
            changed.put(
                    "temperature",
                    ReasoningRequest.builder(messages).temperature(0).build());
            changed.put("seed", ReasoningRequest.builder(messages).seed(1).build());
            changed.put(
                    "options",
                    ReasoningRequest.builder(messages)
                            .putOptions("type", "object")
                            .build());

            assertThat(changed.keySet()).isEqualTo(accessors(ReasoningRequest.class));
            assertAllDiffer(Stream.concat(Stream.of(QUESTION), changed.values().stream())
                    .map(request -> CacheKey.of(TARGET, request)));
        }

        @Test
        void ofMessages() {
            assertThat(accessors(Message.class)).isEqualTo(Set.of("role", "parts"));
            assertThat(Arrays.stream(MessagePart.class.getPermittedSubclasses()).map(Class::getSimpleName))
                    .containsExactlyInAnyOrder("Text", "Picture", "Pdf");
            MessagePart hello = new MessagePart.Text("hello");
            MessagePart world = new MessagePart.Text("world");
            assertAllDiffer(Stream.of(
                            List.of(new Message(Message.Role.USER, List.of(hello))),
                            List.of(new Message(Message.Role.MODEL, List.of(hello))),
                            List.of(new Message(Message.Role.USER, List.of(world))),
                            List.of(new Message(Message.Role.USER, List.of(hello, world))),
                            List.of(new Message(Message.Role.USER, List.of(world, hello))),
                            List.of(
                                    new Message(Message.Role.USER, List.of(hello)),
                                    new Message(Message.Role.USER, List.of(world))),
                            List.of(new Message(Message.Role.USER, List.of(new MessagePart.Picture(LAMP)))),
                            List.of(new Message(Message.Role.USER, List.of(new MessagePart.Picture(DESK)))),
                            List.of(new Message(Message.Role.USER, List.of(pdf("%PDF-1")))),
                            List.of(new Message(Message.Role.USER, List.of(pdf("%PDF-2")))))
                    .map(messages -> CacheKey.of(
                            TARGET, ReasoningRequest.builder(messages).build())));
        }

        @Test
        void ofRequestsForVectors() {
            assertThat(accessors(EmbeddingRequest.class)).isEqualTo(Set.of("texts"));
            assertAllDiffer(Stream.of(List.of("a"), List.of("b"), List.of("a", "b"), List.of("b", "a"), List.of("ab"))
                    .map(texts -> CacheKey.of(TARGET, new EmbeddingRequest(texts))));
        }

        @Test
        void ofTargets() {
            Map<String, CacheTarget> changed = Map.of(
                    "provider",
                    CacheTarget.builder("acme2", "painter-1").build(),
                    "model",
                    CacheTarget.builder("acme", "painter-2").build(),
                    "modelVersion",
                    CacheTarget.builder("acme", "painter-1").modelVersion("7").build(),
                    "tenant",
                    CacheTarget.builder("acme", "painter-1").tenant("7").build(),
                    "options",
                    CacheTarget.builder("acme", "painter-1")
                            .putOptions("x", "7")
                            .build(),
                    "versions",
                    CacheTarget.builder("acme", "painter-1")
                            .putVersions("x", "7")
                            .build());

            assertThat(changed.keySet()).isEqualTo(accessors(CacheTarget.class));
            for (var kind : List.of(0, 1, 2, 3)) {
                assertAllDiffer(Stream.concat(Stream.of(TARGET), changed.values().stream())
                        .map(target -> key(kind, target)));
            }
        }

        private CacheKey key(int kind, CacheTarget target) {
            return switch (kind) {
                case 0 -> CacheKey.of(target, LAMP_ON_A_DESK);
                case 1 -> CacheKey.envelope(target, LAMP_ON_A_DESK);
                case 2 -> CacheKey.of(target, QUESTION);
                default -> CacheKey.of(target, new EmbeddingRequest(List.of("a")));
            };
        }
    }

    @Test
    @DisplayName("R19: the form of keys changes by intention only")
    void isTheSameInEveryProcess() {
        CacheTarget target = CacheTarget.builder("acme", "painter-1")
                .tenant("t")
                .putOptions("steps", 20)
                .putVersions("template", "3")
                .build();
        ImageRequest request = ImageRequest.builder("a brass lamp")
                .size(new PixelSize(1536, 1024))
                .seed(7)
                .build();

        assertThat(CacheKey.of(target, request).hex())
                .isEqualTo("9528f315fccd115823f965f139616b8952bdf4524228b7db022bf888937ac38f");
    }

    @Test
    void knowsPicturesByTheirContent() {
        ImageRequest same = ImageRequest.builder("a brass lamp")
                .addReferences(ImageBytes.of(LAMP.toByteArray()))
                .build();

        assertThat(CacheKey.of(TARGET, same)).isEqualTo(CacheKey.of(TARGET, LAMP_ON_A_DESK));
    }

    @Test
    void hasAnEnvelopeThatPromptsShareAndNoRequestHas() {
        ImageRequest other = ImageRequest.builder("a chair").addReferences(LAMP).build();

        assertThat(CacheKey.envelope(TARGET, other))
                .isEqualTo(CacheKey.envelope(TARGET, LAMP_ON_A_DESK))
                .isNotEqualTo(CacheKey.of(TARGET, other));
    }

    @Test
    void takesAWholeNumberForTheSameWhateverItsType() {
        assertThat(Stream.of(1, 1L, (short) 1, (byte) 1, BigInteger.ONE).map(CacheKeyTest::withOption))
                .containsOnly(withOption(1));
        assertThat(withOption(new BigDecimal("0.10"))).isEqualTo(withOption(new BigDecimal("0.1")));
        assertThat(withOption(0.5f)).isEqualTo(withOption(0.5));
    }

    @Test
    void tellsKindsOfOptionsApart() {
        assertAllDiffer(Stream.of(
                        1,
                        1.0,
                        "1",
                        true,
                        false,
                        "true",
                        BigInteger.TWO.pow(64),
                        new BigDecimal("0.1"),
                        0.1,
                        List.of(),
                        Map.of(),
                        "",
                        List.of(1),
                        List.of(List.of(1)),
                        Map.of("1", 1),
                        Collections.singletonMap("1", null),
                        Collections.singletonList(null),
                        LAMP,
                        LAMP.sha256().hex(),
                        new byte[] {1})
                .map(CacheKeyTest::withOption));
    }

    @Test
    void saysWhichOptionHasNoKey() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> withOption(new java.util.concurrent.atomic.AtomicReference<>("secret")))
                .withMessage(
                        "no cache key: \"x\" is or holds a java.util.concurrent.atomic.AtomicReference; use text, numbers, truth values,"
                                + " pictures, lists and maps");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> withOption(Map.of(1, "one")))
                .withMessageContaining("must be text");
    }

    @Test
    void refusesOptionsThatHoldThemselves() {
        Map<String, Object> endless = new HashMap<>();
        endless.put("again", endless);

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> withOption(endless))
                .withMessageContaining("deeper than the limit of 64");
    }

    @Test
    void isReadFromItsText() {
        CacheKey key = CacheKey.of(TARGET, LAMP_ON_A_DESK);

        assertThat(CacheKey.parse(key.hex()))
                .isEqualTo(key)
                .hasSameHashCodeAs(key)
                .hasToString(key.hex());
        assertThat(key.hex()).matches("[0-9a-f]{64}");
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> CacheKey.parse("ab"));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> CacheKey.parse("x".repeat(64)));
    }

    private static CacheKey withOption(Object value) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("x", value);
        return CacheKey.of(
                TARGET, ImageRequest.builder("a lamp").options(options).build());
    }

    private static MessagePart pdf(String text) {
        return MessagePart.Pdf.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void assertAllDiffer(Stream<CacheKey> keys) {
        List<CacheKey> all = keys.toList();
        assertThat(all).hasSizeGreaterThan(1).doesNotHaveDuplicates();
    }

    /** What a type tells of itself: the methods without arguments that every value has by its own declaration. */
    private static Set<String> accessors(Class<?> type) {
        Set<String> notFields = Set.of("toBuilder", "hashCode", "toString", "text");
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getParameterCount() == 0
                        && Modifier.isPublic(method.getModifiers())
                        && !Modifier.isStatic(method.getModifiers())
                        && !notFields.contains(method.getName()))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
