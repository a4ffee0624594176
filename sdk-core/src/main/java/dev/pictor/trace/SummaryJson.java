package dev.pictor.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import dev.pictor.image.Sha256;
import dev.pictor.model.Cost;
import dev.pictor.model.CostBuilder;
import dev.pictor.model.Money;
import dev.pictor.model.Usage;
import dev.pictor.model.UsageBuilder;
import dev.pictor.trace.Evaluation.Verdict;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Summaries as JSON and back, member by member: an index is read line by line, a hundred thousand at once. What is empty
 * is left out; members that are not known are skipped.
 */
final class SummaryJson {

    private static final JsonFactory FACTORY = TraceJson.MAPPER.getFactory();

    private SummaryJson() {}

    static String write(RunSummary run) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            write(json, run);
        } catch (IOException e) {
            throw new UncheckedIOException("run " + run.runId() + " has no summary in JSON", e);
        }
        return text.toString();
    }

    static RunSummary parse(String json) {
        return parse(json, new Pool());
    }

    static RunSummary parse(String json, Pool pool) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("a run's summary must be a JSON object");
            }
            return read(parser, pool);
        } catch (IOException | IllegalStateException | DateTimeException e) {
            throw new IllegalArgumentException("this is no run's summary: " + e.getMessage(), e);
        }
    }

    // ---- writing

    static void write(JsonGenerator json, RunSummary run) throws IOException {
        json.writeStartObject();
        json.writeNumberField("v", TraceEvent.FORM);
        json.writeStringField("run_id", run.runId().value());
        json.writeStringField("pipeline", run.pipeline());
        json.writeStringField("status", word(run.status()));
        json.writeStringField("started", run.startedAt().toString());
        time(json, run.duration().map(Duration::toNanos).orElse(SummaryRows.NOT_ENDED));
        text(json, "tenant", run.tenant().orElse(null));
        text(json, "user", run.user().orElse(null));
        if (!run.labels().isEmpty()) {
            json.writeObjectFieldStart("labels");
            for (Map.Entry<String, String> label : new TreeMap<>(run.labels()).entrySet()) {
                json.writeStringField(label.getKey(), label.getValue());
            }
            json.writeEndObject();
        }
        list(json, "assets", run.assets(), json::writeString);
        list(json, "artifacts", run.artifacts(), artifact -> json.writeString(artifact.hex()));
        list(json, "prompts", run.prompts(), prompt -> prompt(json, prompt));
        list(json, "stages", run.rows().stages(), stage -> stage(json, stage));
        list(json, "calls", run.rows().calls(), call -> call(json, call));
        list(json, "answers", run.rows().answers(), answer -> answer(json, answer));
        list(json, "evaluations", run.rows().checks(), check -> check(json, check));
        SummaryRows.LeftOut leftOut = run.rows().leftOut();
        if (leftOut != null) {
            json.writeObjectFieldStart("left_out");
            json.writeNumberField("calls", leftOut.calls());
            usage(json, leftOut.usage());
            json.writeFieldName("cost");
            cost(json, leftOut.cost());
            json.writeEndObject();
        }
        json.writeFieldName("cost");
        cost(json, run.cost());
        text(json, "error", run.errorType().orElse(null));
        text(json, "failed_stage", run.failedStage().orElse(null));
        number(json, "resumes", run.resumes(), 0);
        number(json, "missing", run.missingEvents(), 0);
        number(json, "degradations", run.degradations(), 0);
        json.writeEndObject();
    }

    private static void prompt(JsonGenerator json, PromptUse prompt) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", prompt.name());
        text(json, "variant", prompt.variant().orElse(null));
        json.writeStringField("version", prompt.version());
        text(json, "rule", prompt.rule().orElse(null));
        text(json, "experiment", prompt.experiment().orElse(null));
        json.writeEndObject();
    }

    private static void stage(JsonGenerator json, SummaryRows.Stage stage) throws IOException {
        json.writeStartObject();
        json.writeStringField("path", stage.path());
        text(json, "outcome", stage.outcome() == null ? null : word(stage.outcome()));
        time(json, stage.nanos());
        text(json, "error", stage.errorType());
        json.writeEndObject();
    }

    private static void call(JsonGenerator json, SummaryRows.Call call) throws IOException {
        json.writeStartObject();
        json.writeStringField("stage", call.stage());
        json.writeStringField("asked", call.asked());
        text(json, "served", call.served());
        number(json, "attempt", call.attempt(), 1);
        time(json, call.nanos());
        text(json, "error", call.errorType());
        usage(json, call.usage());
        json.writeFieldName("cost");
        cost(json, call.cost());
        json.writeEndObject();
    }

    private static void usage(JsonGenerator json, Usage usage) throws IOException {
        json.writeObjectFieldStart("usage");
        count(json, "input_text", usage.inputTextTokens());
        count(json, "input_image", usage.inputImageTokens());
        count(json, "cached_text", usage.cachedTextTokens());
        count(json, "cached_image", usage.cachedImageTokens());
        count(json, "output_text", usage.outputTextTokens());
        count(json, "output_image", usage.outputImageTokens());
        number(json, "images", usage.images(), 0);
        json.writeEndObject();
    }

    private static void answer(JsonGenerator json, SummaryRows.Answer answer) throws IOException {
        json.writeStartObject();
        json.writeStringField("stage", answer.stage());
        text(json, "served", answer.served());
        text(json, "source", answer.source());
        if (answer.isFallback()) {
            json.writeBooleanField("fallback", true);
        }
        text(json, "error", answer.errorType());
        json.writeEndObject();
    }

    private static void check(JsonGenerator json, SummaryRows.Check check) throws IOException {
        json.writeStartObject();
        json.writeStringField("stage", check.stage());
        json.writeStringField("name", check.name());
        json.writeStringField("verdict", word(check.verdict()));
        if (Double.isFinite(check.score())) {
            json.writeNumberField("score", check.score());
        }
        json.writeEndObject();
    }

    private static void cost(JsonGenerator json, Cost cost) throws IOException {
        json.writeStartObject();
        if (cost.amount().isPresent()) {
            Money amount = cost.amount().get();
            json.writeNumberField("nanos", amount.nanos());
            json.writeStringField("currency", amount.currency());
        }
        json.writeBooleanField("complete", cost.isComplete());
        json.writeEndObject();
    }

    @FunctionalInterface
    private interface Item<T> {
        void write(T item) throws IOException;
    }

    private static <T> void list(JsonGenerator json, String name, Iterable<T> items, Item<T> each) throws IOException {
        if (items.iterator().hasNext()) {
            json.writeArrayFieldStart(name);
            for (T item : items) {
                each.write(item);
            }
            json.writeEndArray();
        }
    }

    private static void text(JsonGenerator json, String name, @Nullable String text) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }

    private static void time(JsonGenerator json, long nanos) throws IOException {
        number(json, "ns", nanos, SummaryRows.NOT_ENDED);
    }

    private static void number(JsonGenerator json, String name, long number, long otherwise) throws IOException {
        if (number != otherwise) {
            json.writeNumberField(name, number);
        }
    }

    private static void count(JsonGenerator json, String name, OptionalLong count) throws IOException {
        if (count.isPresent()) {
            json.writeNumberField(name, count.getAsLong());
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    // ---- reading

    @FunctionalInterface
    private interface Member {
        void read(String name) throws IOException;
    }

    /**
     * Reads the object that the parser has just entered.
     *
     * @throws IOException if it is no JSON
     * @throws IllegalArgumentException if it is no summary
     */
    static RunSummary read(JsonParser json, Pool pool) throws IOException {
        RunSummaryBuilder run = new RunSummaryBuilder().cost(Cost.unknown());
        SummaryRows.Draft rows = new SummaryRows.Draft();
        members(json, name -> {
            switch (name) {
                case "run_id" -> run.runId(new RunId(json.getText()));
                case "pipeline" -> run.pipeline(pool.of(json.getText()));
                case "status" -> run.status(constant(json, RunStatus.class));
                case "started" -> run.startedAt(Instant.parse(json.getText()));
                case "ns" -> run.duration(Duration.ofNanos(integer(json)));
                case "tenant" -> run.tenant(pool.of(json.getText()));
                case "user" -> run.user(pool.of(json.getText()));
                case "labels" -> members(json, label -> rows.labels.put(pool.of(label), pool.of(json.getText())));
                case "assets" -> items(json, () -> rows.assets.add(json.getText()));
                case "artifacts" -> items(json, () -> rows.artifacts.add(new Sha256(json.getText())));
                case "prompts" -> items(json, () -> rows.prompts.add(pool.of(prompt(json, pool))));
                case "stages" -> items(json, () -> rows.stages.add(stage(json, pool)));
                case "calls" -> items(json, () -> rows.calls.add(call(json, pool)));
                case "answers" -> items(json, () -> rows.answers.add(pool.of(answer(json, pool))));
                case "evaluations" -> items(json, () -> rows.checks.add(pool.of(check(json, pool))));
                case "left_out" -> {
                    Row row = row(json, pool);
                    rows.leftOut = new SummaryRows.LeftOut(Math.toIntExact(row.calls), row.usage, row.cost);
                }
                case "cost" -> run.cost(pool.of(cost(json, pool)));
                case "error" -> run.errorType(pool.of(json.getText()));
                case "failed_stage" -> run.failedStage(pool.of(json.getText()));
                case "resumes" -> run.resumes(Math.toIntExact(integer(json)));
                case "missing" -> run.missingEvents(integer(json));
                case "degradations" -> run.degradations(Math.toIntExact(integer(json)));
                default -> json.skipChildren(); // a later version's
            }
        });
        try {
            return run.rows(rows.rows(pool)).build();
        } catch (IllegalStateException e) { // something is missing
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static PromptUse prompt(JsonParser json, Pool pool) throws IOException {
        PromptUseBuilder prompt = new PromptUseBuilder();
        members(json, name -> {
            switch (name) {
                case "name" -> prompt.name(pool.of(json.getText()));
                case "variant" -> prompt.variant(pool.of(json.getText()));
                case "version" -> prompt.version(pool.of(json.getText()));
                case "rule" -> prompt.rule(pool.of(json.getText()));
                case "experiment" -> prompt.experiment(pool.of(json.getText()));
                default -> json.skipChildren();
            }
        });
        return prompt.build();
    }

    /** What a row is made of, of whatever kind it is. */
    private static final class Row {
        private String stage = "";
        private String name = "unknown";
        private @Nullable String served;
        private @Nullable String source;
        private @Nullable String errorType;
        private @Nullable StageOutcome outcome;
        private @Nullable Verdict verdict;
        private long nanos = SummaryRows.NOT_ENDED;
        private long attempt = 1;
        private long calls;
        private boolean isFallback;
        private double score = Double.NaN;
        private Usage usage = Usage.none();
        private Cost cost = Cost.unknown();
    }

    private static Row row(JsonParser json, Pool pool) throws IOException {
        Row row = new Row();
        members(json, name -> {
            switch (name) {
                case "path", "stage" -> row.stage = pool.of(json.getText());
                case "asked", "name" -> row.name = pool.of(json.getText());
                case "served" -> row.served = pool.of(json.getText());
                case "source" -> row.source = pool.of(json.getText());
                case "error" -> row.errorType = pool.of(json.getText());
                case "outcome" -> row.outcome = constant(json, StageOutcome.class);
                case "verdict" -> row.verdict = constant(json, Verdict.class);
                case "ns" -> row.nanos = integer(json);
                case "attempt" -> row.attempt = integer(json);
                case "calls" -> row.calls = integer(json);
                case "fallback" -> row.isFallback = json.getBooleanValue();
                case "score" -> row.score = json.getDoubleValue();
                case "usage" -> row.usage = pool.of(usage(json));
                case "cost" -> row.cost = pool.of(cost(json, pool));
                default -> json.skipChildren();
            }
        });
        return row;
    }

    private static SummaryRows.Stage stage(JsonParser json, Pool pool) throws IOException {
        Row row = row(json, pool);
        return new SummaryRows.Stage(row.stage, row.outcome, row.nanos, row.errorType);
    }

    private static SummaryRows.Call call(JsonParser json, Pool pool) throws IOException {
        Row row = row(json, pool);
        return new SummaryRows.Call(
                row.stage,
                row.name,
                row.served,
                Math.toIntExact(row.attempt),
                row.nanos,
                row.errorType,
                row.usage,
                row.cost);
    }

    private static SummaryRows.Answer answer(JsonParser json, Pool pool) throws IOException {
        Row row = row(json, pool);
        return new SummaryRows.Answer(row.stage, row.served, row.source, row.isFallback, row.errorType);
    }

    private static SummaryRows.Check check(JsonParser json, Pool pool) throws IOException {
        Row row = row(json, pool);
        if (row.verdict == null) {
            throw new IllegalArgumentException("an evaluation has no verdict");
        }
        return new SummaryRows.Check(row.stage, row.name, row.verdict, row.score);
    }

    private static Usage usage(JsonParser json) throws IOException {
        UsageBuilder usage = Usage.builder();
        members(json, name -> {
            switch (name) {
                case "input_text" -> usage.inputTextTokens(integer(json));
                case "input_image" -> usage.inputImageTokens(integer(json));
                case "cached_text" -> usage.cachedTextTokens(integer(json));
                case "cached_image" -> usage.cachedImageTokens(integer(json));
                case "output_text" -> usage.outputTextTokens(integer(json));
                case "output_image" -> usage.outputImageTokens(integer(json));
                case "images" -> usage.images(Math.toIntExact(integer(json)));
                default -> json.skipChildren();
            }
        });
        return usage.build();
    }

    private static Cost cost(JsonParser json, Pool pool) throws IOException {
        long[] nanos = {-1};
        String[] currency = {"USD"};
        CostBuilder cost = new CostBuilder().isComplete(false);
        members(json, name -> {
            switch (name) {
                case "nanos" -> nanos[0] = integer(json);
                case "currency" -> currency[0] = pool.of(json.getText());
                case "complete" -> cost.isComplete(json.getBooleanValue());
                default -> json.skipChildren();
            }
        });
        return cost.amount(nanos[0] < 0 ? Optional.empty() : Optional.of(new Money(nanos[0], currency[0])))
                .build();
    }

    private static void members(JsonParser json, Member member) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("an object is expected, was " + json.currentToken());
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (json.nextToken() == null) {
                throw new IllegalArgumentException("the object has no end");
            }
            if (json.currentToken() != JsonToken.VALUE_NULL) {
                member.read(name);
            }
        }
    }

    @FunctionalInterface
    private interface Step {
        void take() throws IOException;
    }

    private static void items(JsonParser json, Step each) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw new IllegalArgumentException("a list is expected, was " + json.currentToken());
        }
        JsonToken token = json.nextToken();
        while (token != null && token != JsonToken.END_ARRAY) {
            each.take();
            token = json.nextToken();
        }
    }

    private static long integer(JsonParser json) throws IOException {
        try {
            return json.getLongValue();
        } catch (InputCoercionException e) {
            throw new IllegalArgumentException("a number is out of range", e);
        }
    }

    private static <E extends Enum<E>> E constant(JsonParser json, Class<E> type) throws IOException {
        return Enum.valueOf(type, json.getText().toUpperCase(Locale.ROOT));
    }
}
