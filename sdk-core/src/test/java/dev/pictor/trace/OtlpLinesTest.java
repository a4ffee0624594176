package dev.pictor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** As https://opentelemetry.io/docs/specs/otel/protocol/file-exporter/ has it. */
class OtlpLinesTest {

    private static final Instant START = Instant.parse("2026-11-20T08:15:30.123456789Z");
    private static final String SECRET = "a brass lamp nobody may see";

    private final MemoryRunStore store = new MemoryRunStore();
    private final RunId runId = new RunId("01K7GZ0V6W8Z3Y1X2C3D4E5F6G");
    private long sequence;

    @BeforeEach
    void record() {
        event(TraceEvent.RUN_START, "1", "", 0, Map.of(TraceAttributes.WORKFLOW, "drawing"), Map.of());
        event(TraceEvent.STAGE_START, "2", "1", 1_000, Map.of(TraceAttributes.STAGE, "draw"), Map.of());
        event(
                TraceEvent.DECISION,
                "2",
                "1",
                2_000,
                Map.of(TraceAttributes.DECISION_KIND, "route"),
                Map.of("reason", SECRET));
        event(
                TraceEvent.MODEL_CALL_START,
                "3",
                "2",
                3_000,
                Map.of(
                        TraceAttributes.OPERATION,
                        "generate_content",
                        TraceAttributes.REQUEST_MODEL,
                        "brush-1",
                        TraceAttributes.ATTEMPT,
                        1),
                Map.of(
                        "messages",
                        List.of(Map.of("role", "user", "parts", List.of(Map.of("type", "text", "content", SECRET))))));
        event(
                TraceEvent.MODEL_CALL_END,
                "3",
                "2",
                5_000,
                Map.of(
                        TraceAttributes.OUTPUT_TOKENS,
                        5_000_000_000L,
                        TraceAttributes.FINISH_REASONS,
                        List.of("stop"),
                        "acme.flag",
                        true,
                        "acme.share",
                        0.5),
                Map.of("response", Map.of("text", SECRET), TraceAttributes.COST, Map.of("amount", "0.04")));
        event(
                TraceEvent.EVALUATION,
                "2",
                "1",
                6_000,
                Map.of(TraceAttributes.EVALUATION_NAME, "size", TraceAttributes.EVALUATION_EXPLANATION, SECRET),
                Map.of());
        event(
                TraceEvent.STAGE_END,
                "2",
                "1",
                7_000,
                Map.of(TraceAttributes.ERROR_TYPE, "rate_limited"),
                Map.of("error", SECRET));
        event(TraceEvent.RUN_END, "1", "", 8_000, Map.of(TraceAttributes.STATUS, "failed"), Map.of());
    }

    private void event(
            String type, String span, String parent, long nanos, Map<String, ?> attributes, Map<String, ?> body) {
        TraceEventBuilder event = TraceEvent.builder(runId, type, START.plusNanos(nanos))
                .sequence(++sequence)
                .elapsedNanos(nanos)
                .spanId("00f067aa0ba902b" + span)
                .attributes(attributes)
                .body(body);
        if (!parent.isEmpty()) {
            event.parentSpanId("00f067aa0ba902b" + parent);
        }
        store.accept(event.build());
    }

    @Test
    void areOneLineForEachRun() throws IOException {
        String[] lines = written(OtlpLines.of("shop"), List.of(runId, runId)).split("\n", -1);

        assertThat(lines).hasSize(3);
        assertThat(lines[2]).isEmpty();
        JsonNode data = new ObjectMapper().readTree(lines[0]);
        JsonNode resource = data.at("/resourceSpans/0/resource/attributes/0");
        assertThat(resource.path("key").asText()).isEqualTo("service.name");
        assertThat(resource.at("/value/stringValue").asText()).isEqualTo("shop");
        assertThat(data.at("/resourceSpans/0/scopeSpans/0/scope/name").asText()).isEqualTo("dev.pictor");
    }

    @Test
    void haveSpansOfTheRunItsStagesAndItsCalls() throws IOException {
        List<JsonNode> spans = spans(OtlpLines.of("shop"));

        assertThat(spans)
                .extracting(span -> span.path("name").asText())
                .containsExactly("invoke_workflow drawing", "stage draw", "generate_content brush-1");
        assertThat(spans)
                .extracting(span -> span.path("spanId").asText())
                .containsExactly("00f067aa0ba902b1", "00f067aa0ba902b2", "00f067aa0ba902b3");
        assertThat(spans)
                .extracting(span -> span.path("parentSpanId").asText())
                .containsExactly("", "00f067aa0ba902b1", "00f067aa0ba902b2");
        assertThat(spans).extracting(span -> span.path("kind").asInt()).containsExactly(1, 1, 3);
        assertThat(spans)
                .allSatisfy(span -> assertThat(span.path("traceId").asText())
                        .isEqualTo(runId.traceId())
                        .matches("[0-9a-f]{32}"));
    }

    @Test
    void haveTimesInNanosecondsAsText() throws IOException {
        JsonNode call = spans(OtlpLines.of("shop")).get(2);

        assertThat(call.path("startTimeUnixNano").isTextual()).isTrue();
        assertThat(call.path("startTimeUnixNano").asText()).isEqualTo("1795162530123459789");
        assertThat(call.path("endTimeUnixNano").asText()).isEqualTo("1795162530123461789");
    }

    @Test
    void haveAttributesWithTheirTypes() throws IOException {
        JsonNode call = spans(OtlpLines.of("shop")).get(2);

        assertThat(attribute(call, "gen_ai.request.model").path("stringValue").asText())
                .isEqualTo("brush-1");
        assertThat(attribute(call, "pictor.attempt").path("intValue").asText()).isEqualTo("1");
        assertThat(attribute(call, "gen_ai.usage.output_tokens")
                        .path("intValue")
                        .isTextual())
                .isTrue();
        assertThat(attribute(call, "gen_ai.usage.output_tokens")
                        .path("intValue")
                        .asText())
                .isEqualTo("5000000000");
        assertThat(attribute(call, "acme.flag").path("boolValue").asBoolean()).isTrue();
        assertThat(attribute(call, "acme.share").path("doubleValue").asDouble()).isEqualTo(0.5);
        assertThat(attribute(call, "gen_ai.response.finish_reasons")
                        .at("/arrayValue/values/0/stringValue")
                        .asText())
                .isEqualTo("stop");
        assertThat(attribute(call, "pictor.cost")
                        .at("/kvlistValue/values/0/value/stringValue")
                        .asText())
                .isEqualTo("0.04");
    }

    @Test
    void haveEventsOfDecisionsAndChecks() throws IOException {
        JsonNode stage = spans(OtlpLines.of("shop")).get(1);

        assertThat(stage.path("events"))
                .extracting(event -> event.path("name").asText())
                .containsExactly("pictor.decision", "gen_ai.evaluation.result");
        assertThat(stage.at("/events/0/timeUnixNano").asText()).isEqualTo("1795162530123458789");
    }

    @Test
    void sayWhatFailed() throws IOException {
        List<JsonNode> spans = spans(OtlpLines.of("shop"));

        assertThat(spans.get(1).at("/status/code").asInt()).isEqualTo(2);
        assertThat(spans.get(1).at("/status/message").isMissingNode()).isTrue();
        assertThat(spans.get(2).path("status").isMissingNode()).isTrue();
    }

    @Test
    void haveNoContentUnlessItIsAskedFor() throws IOException {
        assertThat(written(OtlpLines.of("shop"), List.of(runId))).doesNotContain(SECRET);

        List<JsonNode> spans = spans(OtlpLines.of("shop").withContent());

        JsonNode input = new ObjectMapper()
                .readTree(attribute(spans.get(2), "gen_ai.input.messages")
                        .path("stringValue")
                        .asText());
        assertThat(input.at("/0/parts/0/content").asText()).isEqualTo(SECRET);
        JsonNode output = new ObjectMapper()
                .readTree(attribute(spans.get(2), "gen_ai.output.messages")
                        .path("stringValue")
                        .asText());
        assertThat(output.at("/0/role").asText()).isEqualTo("assistant");
        assertThat(output.at("/0/parts/0/content").asText()).isEqualTo(SECRET);
        assertThat(spans.get(1).at("/status/message").asText()).isEqualTo(SECRET);
        assertThat(spans.get(1).at("/events/0").toString()).contains(SECRET);
    }

    @Test
    void endARunThatIsUnderWayWithItsLastEvent() throws IOException {
        RunId other = RunId.create();
        for (int i = 1; i <= 2; i++) {
            store.accept(TraceEvent.builder(other, i == 1 ? TraceEvent.RUN_START : "acme.tick", START)
                    .sequence(i)
                    .elapsedNanos(i)
                    .spanId("00f067aa0ba902b7")
                    .build());
        }

        JsonNode run = new ObjectMapper()
                .readTree(written(OtlpLines.of("shop"), List.of(other)))
                .at("/resourceSpans/0/scopeSpans/0/spans/0");

        assertThat(run.path("endTimeUnixNano").asText()).isEqualTo("1795162530123456790");
        assertThat(attribute(run, "pictor.unfinished").path("boolValue").asBoolean())
                .isTrue();
        assertThat(run.at("/events/0/name").asText()).isEqualTo("pictor.acme.tick");
    }

    @Test
    void areNotWrittenOfARunThatIsNotThere() {
        assertThatExceptionOfType(StoredRunException.class)
                .isThrownBy(() -> written(OtlpLines.of("shop"), List.of(RunId.create())))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(StoredRunException.Reason.NOT_FOUND));
    }

    private List<JsonNode> spans(OtlpLines lines) throws IOException {
        List<JsonNode> spans = new ArrayList<>();
        new ObjectMapper()
                .readTree(written(lines, List.of(runId)))
                .at("/resourceSpans/0/scopeSpans/0/spans")
                .forEach(spans::add);
        return spans;
    }

    private String written(OtlpLines lines, List<RunId> runs) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        lines.write(store, runs, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static JsonNode attribute(JsonNode span, String key) {
        for (JsonNode attribute : span.path("attributes")) {
            if (attribute.path("key").asText().equals(key)) {
                return attribute.path("value");
            }
        }
        throw new AssertionError("no attribute " + key + " in " + span);
    }
}
