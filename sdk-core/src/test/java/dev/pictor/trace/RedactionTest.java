package dev.pictor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pictor.model.OptionWarning;
import dev.pictor.model.RawExchange;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedactionTest {

    private static final String KEY = "AIzaSyA1234567890abcdefghijklmnopqrstuv";
    private static final String VALUE = "correct horse battery";

    private final RecordedSpan run = RecordedSpan.under(
            Redaction.builder().addSecret(VALUE).addName("x-pin").build());

    @Test
    void takesOutNamesShapesAndValuesWhereverTheyStandAndListsThem() {
        TraceEvent event = run.emit(
                "acme.tick",
                Map.of("acme.password", "hunter2", "acme.note", "see " + KEY),
                Map.of(
                        "options",
                        Map.of("api_key", List.of("one", "two"), "X_Pin", 4711, "style", "oil"),
                        "list",
                        List.of("fine", "it is " + VALUE)));

        assertThat(event.attributes())
                .containsEntry("acme.password", Redaction.MARK)
                .containsEntry("acme.note", "see " + Redaction.MARK);
        assertThat(event.body())
                .isEqualTo(Map.of(
                        "options",
                        Map.of("api_key", Redaction.MARK, "X_Pin", Redaction.MARK, "style", "oil"),
                        "list",
                        List.of("fine", "it is " + Redaction.MARK)));
        assertThat(event.redactions())
                .containsExactlyInAnyOrder(
                        new RedactedField("/attributes/acme.password", "name"),
                        new RedactedField("/attributes/acme.note", "shape"),
                        new RedactedField("/body/options/api_key", "name"),
                        new RedactedField("/body/options/X_Pin", "name"),
                        new RedactedField("/body/list/1", "value"));
    }

    @Test
    void copiesNothingThatMayStay() {
        Map<String, Object> body = Map.of("a", List.of(Map.of("b", "c")), "n", 1);

        EventCleaner cleaner = new EventCleaner(Redaction.ofDefaults());

        assertThat(cleaner.clean("body", body)).isSameAs(body);
        assertThat(cleaner.redactions()).isEmpty();
    }

    @Test
    void looksIntoValuesOfOurOwnAndOfOthers() {
        record Foreign(String note) {}

        TraceEvent event = run.emit(
                "acme.tick",
                Map.of(),
                Map.of(
                        "warnings",
                        List.of(new OptionWarning("style", "no " + KEY)),
                        "foreign",
                        new Foreign(KEY),
                        "uri",
                        URI.create("https://me:pw@example.com")));

        assertThat(event.body().toString()).doesNotContain(KEY, "me:pw").contains(Redaction.MARK);
    }

    @Test
    void aPromptThatHeldAKeyCannotBeReplayedAndHasNoHash() {
        TraceEvent event = run.emit(
                TraceEvent.PROMPT_RENDER,
                Map.of(TraceAttributes.PROMPT_RENDERED_SHA256, "ab"),
                Map.of("text", "draw " + KEY));

        assertThat(event.attributes())
                .containsEntry(TraceAttributes.REPLAYABLE, false)
                .doesNotContainKey(TraceAttributes.PROMPT_RENDERED_SHA256);
    }

    @Test
    void aCredentialInThePlaceOfOneIsNoHindranceToReplay() {
        RawExchange exchange = RawExchange.builder("POST", "https://example.com/a?key=abc")
                .putRequestHeaders("authorization", List.of("Bearer abc"))
                .putRequestHeaders("x-hidden-api-key", List.of("***"))
                .requestBody("{\"api_key\":\"abc\",\"prompt\":\"a lamp\"}")
                .build();

        TraceEvent event = run.emit(TraceEvent.MODEL_CALL_END, Map.of(), Map.of("exchanges", List.of(exchange)));

        assertThat(event.attributes()).doesNotContainKey(TraceAttributes.REPLAYABLE);
        assertThat(event.body().toString()).contains("a lamp").doesNotContain("abc");
        assertThat(event.redactions())
                .extracting(RedactedField::path)
                .containsExactlyInAnyOrder(
                        "/body/exchanges/0/url",
                        "/body/exchanges/0/requestHeaders/authorization",
                        "/body/exchanges/0/requestBody");
    }

    @Test
    void whatItsAdapterHasHiddenStaysAndIsListed() {
        RawExchange exchange = RawExchange.builder("POST", "https://example.com/a")
                .putRequestHeaders("authorization", List.of("***"))
                .build();

        TraceEvent event = run.emit(TraceEvent.MODEL_CALL_END, Map.of(), Map.of("exchanges", List.of(exchange)));

        assertThat(event.body()).isEqualTo(Map.of("exchanges", List.of(exchange)));
        assertThat(event.redactions())
                .containsExactly(new RedactedField("/body/exchanges/0/requestHeaders/authorization", "name"));
    }

    @Test
    void anErrorThatNamedAKeyIsNoHindranceToReplay() {
        TraceEvent event = run.emit(TraceEvent.MODEL_CALL_END, Map.of(), Map.of("error", "wrong key " + KEY));

        assertThat(event.body()).containsEntry("error", "wrong key " + Redaction.MARK);
        assertThat(event.attributes()).doesNotContainKey(TraceAttributes.REPLAYABLE);
    }

    @Test
    void aRedactorIsAskedForEachTextAfterTheRules() {
        RecordedSpan asked = RecordedSpan.under(Redaction.builder()
                .redactor((path, value) -> path.endsWith("/content") ? value.replace("Doe", "D.") : value)
                .build());

        TraceEvent event = asked.emit(
                TraceEvent.MODEL_CALL_START,
                Map.of("acme.name", "Doe"),
                Map.of("messages", List.of(Map.of("content", "for Doe " + KEY))));

        assertThat(event.body()).isEqualTo(Map.of("messages", List.of(Map.of("content", "for D. " + Redaction.MARK))));
        assertThat(event.attributes())
                .containsEntry("acme.name", "Doe")
                .containsEntry(TraceAttributes.REPLAYABLE, false);
        assertThat(asked.record().calls().get(0).replayable()).isFalse();
        assertThat(asked.record().redactions())
                .extracting(record -> record.field().rule())
                .containsExactly("shape", "redactor");
    }

    @Test
    void aRedactorThatThrowsLetsNothingThrough() {
        RecordedSpan asked = RecordedSpan.under(Redaction.builder()
                .redactor((path, value) -> {
                    throw new IllegalStateException(value);
                })
                .build());

        TraceEvent event = asked.emit("acme.tick", Map.of(), Map.of("a", "private"));

        assertThat(event.body()).containsEntry("a", Redaction.MARK);
    }

    @Test
    void whatIsHashedIsCleanBefore() {
        RecordedSpan lower = new RecordedSpan(TraceRules.builder()
                .content(ContentLevel.REFERENCES)
                .redaction(Redaction.builder().addSecret(VALUE).build())
                .build());

        TraceEvent event = lower.emit("acme.tick", Map.of(), Map.of("text", "it is " + VALUE));

        assertThat(event.body()).containsEntry("text", References.of("it is " + Redaction.MARK));
    }

    @Test
    void findsTheFirstPlaceInAValue() {
        assertThat(Redaction.ofDefaults().find(Map.of("wish", List.of("a", KEY))))
                .contains(new RedactedField("/wish/1", "shape"));
        assertThat(Redaction.ofDefaults().find("a lamp")).isEmpty();
    }

    @Test
    void refusesASecretThatIsPartOfTooManyWords() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Redaction.builder().addSecret("lamp"))
                .withMessage("a secret must have 6 or more characters, had 4");
    }

    @Test
    void survivesTheStore() {
        TraceEvent event = run.emit("acme.tick", Map.of(), Map.of("a", KEY));

        assertThat(TraceJson.parse(TraceJson.line(event))).contains(event);
    }
}
