package dev.pictor.testkit;

import dev.pictor.image.Sha256;
import dev.pictor.model.Cost;
import dev.pictor.model.Money;
import dev.pictor.model.Usage;
import dev.pictor.trace.ArtifactRefBuilder;
import dev.pictor.trace.Evaluation.Verdict;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunStatus;
import dev.pictor.trace.StageOutcome;
import dev.pictor.trace.TraceAttributes;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceFields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A made-up run: what is true of it, and the log that says so. Immutable. */
final class RandomRun {

    record Prompt(
            String name,
            @Nullable String variant,
            String version,
            @Nullable String experiment,
            String arm) {}

    record Stage(
            String path,
            @Nullable StageOutcome outcome,
            long millis,
            @Nullable String errorType) {}

    record Call(
            String stage,
            String asked,
            @Nullable String served,
            int attempt,
            long millis,
            @Nullable String errorType,
            Usage usage,
            @Nullable Cost cost) {}

    record Answer(
            String stage, @Nullable String served, @Nullable String source, boolean isFallback) {}

    record Check(
            String stage,
            String name,
            Verdict verdict,
            @Nullable Double score) {}

    private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final List<String> PATHS = List.of("ask", "draw", "check");
    private static final List<String> MODELS = List.of("brush", "pencil", "chalk");

    final RunId runId;
    final String pipeline;
    final RunStatus status;
    final long millis;
    final @Nullable String tenant;
    final @Nullable String user;
    final Map<String, String> labels = new LinkedHashMap<>();
    final List<String> assets = new ArrayList<>();
    final List<Sha256> artifacts = new ArrayList<>();
    final List<Prompt> prompts = new ArrayList<>();
    final List<Stage> stages = new ArrayList<>();
    final List<Call> calls = new ArrayList<>();
    final List<Answer> answers = new ArrayList<>();
    final List<Check> checks = new ArrayList<>();
    final @Nullable String errorType;
    final @Nullable String failedStage;
    final int degradations;
    private final List<TraceEvent> events = new ArrayList<>();
    private final Random random;
    private long sequence;
    private long elapsed;

    RandomRun(Random random, Instant age) {
        this.random = random;
        this.runId = runId(age, random);
        this.pipeline = one("generation", "cutout");
        this.status =
                one(RunStatus.SUCCEEDED, RunStatus.SUCCEEDED, RunStatus.FAILED, RunStatus.CANCELLED, RunStatus.RUNNING);
        this.tenant = maybe("acme", "globex");
        this.user = maybe("u1", "u2", "u3");
        if (random.nextBoolean()) {
            labels.put("campaign", one("spring", "autumn"));
        }
        if (random.nextBoolean()) {
            labels.put("tier", one("free", "paid"));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            String asset = "sku-" + random.nextInt(6);
            if (!assets.contains(asset)) {
                assets.add(asset);
            }
        }
        begin();
        int last = random.nextInt(PATHS.size());
        for (int i = 0; i <= last; i++) {
            boolean fails = i == last && status == RunStatus.FAILED;
            boolean open = i == last && status == RunStatus.RUNNING;
            stage(PATHS.get(i), fails, open);
        }
        this.failedStage = status == RunStatus.FAILED ? PATHS.get(last) : null;
        this.errorType = status == RunStatus.FAILED
                ? one("StageException", "ModelException")
                : status == RunStatus.CANCELLED ? "RunCancelledException" : null;
        this.degradations = (int) stages.stream()
                .filter(stage -> stage.outcome() == StageOutcome.FALLBACK)
                .count();
        this.millis = elapsed;
        if (status != RunStatus.RUNNING) {
            emit(
                    TraceEvent.RUN_END,
                    "run",
                    null,
                    TraceFields.of(
                            TraceAttributes.STATUS,
                            status.name().toLowerCase(Locale.ROOT),
                            TraceAttributes.ERROR_TYPE,
                            errorType),
                    TraceFields.of());
        }
    }

    List<TraceEvent> events() {
        return List.copyOf(events);
    }

    /** What is known of its cost, as a fold over its calls. */
    Cost cost() {
        Cost sum = Cost.nothing();
        for (Call call : calls) {
            sum = sum.plus(call.cost() == null ? Cost.unknown() : call.cost());
        }
        return sum;
    }

    @Override
    public String toString() {
        return runId + " " + status + " " + tenant + " " + user + " " + labels + " " + assets;
    }

    private void begin() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put(TraceAttributes.WORKFLOW, pipeline);
        if (tenant != null) {
            attributes.put(TraceAttributes.TENANT, tenant);
        }
        if (user != null) {
            attributes.put(TraceAttributes.USER, user);
        }
        labels.forEach((name, value) -> attributes.put(TraceAttributes.LABEL + name, value));
        if (!assets.isEmpty()) {
            attributes.put(TraceAttributes.ASSETS, List.copyOf(assets));
        }
        emit(TraceEvent.RUN_START, "run", null, attributes, Map.of());
    }

    private void stage(String path, boolean fails, boolean open) {
        String span = path + "-span";
        long begin = elapsed;
        emit(
                TraceEvent.STAGE_START,
                span,
                "run",
                TraceFields.of(TraceAttributes.STAGE, path, TraceAttributes.STAGE_KIND, "stage"),
                Map.of());
        if (random.nextBoolean()) {
            prompt(span);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            call(path, span, i, open && random.nextInt(4) == 0);
        }
        if (random.nextBoolean()) {
            answer(path, span);
        }
        if (random.nextBoolean()) {
            check(path, span);
        }
        if (random.nextInt(3) == 0) {
            artifact(span);
        }
        elapsed += random.nextInt(40);
        if (open) {
            stages.add(new Stage(path, null, -1, null));
            return;
        }
        StageOutcome outcome = fails
                ? StageOutcome.FAILED
                : one(StageOutcome.EXECUTED, StageOutcome.EXECUTED, StageOutcome.FALLBACK, StageOutcome.RESTORED);
        boolean wrong = outcome == StageOutcome.FAILED || outcome == StageOutcome.FALLBACK;
        String type = wrong ? one("IOException", "StageException") : null;
        if (outcome == StageOutcome.FALLBACK) {
            emit(
                    TraceEvent.DECISION,
                    span,
                    "run",
                    TraceFields.of(TraceAttributes.DECISION_KIND, "fallback"),
                    TraceFields.of(
                            "kind", "fallback",
                            "question", "go on without?",
                            "chosen", "yes",
                            "reason", "the fallback took over"));
        }
        emit(
                TraceEvent.STAGE_END,
                span,
                "run",
                TraceFields.of(
                        TraceAttributes.STAGE,
                        path,
                        TraceAttributes.STAGE_OUTCOME,
                        outcome.name().toLowerCase(Locale.ROOT),
                        TraceAttributes.ERROR_TYPE,
                        type),
                TraceFields.of("error", wrong ? "it did not work" : null));
        stages.add(new Stage(path, outcome, elapsed - begin, type));
    }

    private void prompt(String span) {
        String experiment = maybe("light", "tone");
        Prompt prompt =
                new Prompt(one("enhance", "ask"), maybe("art"), one("1", "2", "3"), experiment, one("control", "bold"));
        emit(
                TraceEvent.PROMPT_RENDER,
                span,
                "run",
                TraceFields.of(
                        TraceAttributes.PROMPT_NAME,
                        prompt.name(),
                        TraceAttributes.PROMPT_VARIANT,
                        prompt.variant(),
                        TraceAttributes.PROMPT_VERSION,
                        prompt.version(),
                        TraceAttributes.PROMPT_ORIGIN,
                        "memory",
                        TraceAttributes.PROMPT_SHA256,
                        "00",
                        TraceAttributes.PROMPT_RULE,
                        "default",
                        TraceAttributes.EXPERIMENT_ID,
                        experiment,
                        TraceAttributes.EXPERIMENT_ARM,
                        experiment == null ? null : prompt.arm()),
                TraceFields.of("text", "a lamp"));
        prompts.add(prompt);
    }

    private void call(String path, String stageSpan, int number, boolean open) {
        String span = stageSpan + "-call-" + number;
        String asked = one(MODELS);
        int attempt = 1 + random.nextInt(3);
        long begin = elapsed;
        emit(
                TraceEvent.MODEL_CALL_START,
                span,
                stageSpan,
                TraceFields.of(
                        TraceAttributes.OPERATION,
                        "chat",
                        TraceAttributes.PROVIDER,
                        "stub",
                        TraceAttributes.REQUEST_MODEL,
                        asked,
                        TraceAttributes.ATTEMPT,
                        attempt),
                Map.of());
        elapsed += random.nextInt(200);
        if (open) {
            calls.add(new Call(path, asked, null, attempt, -1, null, Usage.none(), null));
            return;
        }
        String error = random.nextInt(3) == 0 ? one("rate_limited", "timed_out", "cancelled") : null;
        String served = error == null ? asked + "-2026" : null;
        Usage usage = error == null ? usage() : Usage.none();
        Cost cost = one(
                Cost.of(Money.usd(random.nextInt(50) * 1_000_000L)),
                Cost.of(Money.usd(random.nextInt(50) * 1_000_000L)),
                Cost.of(new Money(random.nextInt(5) * 1_000_000L, "EUR")),
                Cost.unknown());
        emit(
                TraceEvent.MODEL_CALL_END,
                span,
                stageSpan,
                TraceFields.of(TraceAttributes.RESPONSE_MODEL, served, TraceAttributes.ERROR_TYPE, error),
                TraceFields.of(TraceAttributes.USAGE, usage, TraceAttributes.COST, cost));
        calls.add(new Call(path, asked, served, attempt, elapsed - begin, error, usage, cost));
    }

    private Usage usage() {
        var usage = Usage.builder().images(random.nextInt(3));
        if (random.nextBoolean()) {
            var unused = usage.inputTextTokens(random.nextInt(100)).outputImageTokens(random.nextInt(1_000));
        }
        if (random.nextBoolean()) {
            var unused = usage.inputImageTokens(random.nextInt(100)).outputTextTokens(random.nextInt(100));
        }
        return usage.build();
    }

    private void answer(String path, String span) {
        String source = maybe("MODEL", "MEMORY_CACHE", "SEMANTIC_CACHE");
        String served = source == null ? null : one(MODELS);
        boolean isFallback = source != null && random.nextInt(4) == 0;
        emit(
                TraceEvent.ANSWER,
                span,
                "run",
                TraceFields.of(
                        TraceAttributes.ATTEMPTS,
                        1,
                        TraceAttributes.RESPONSE_MODEL,
                        served,
                        TraceAttributes.ANSWER_SOURCE,
                        source,
                        TraceAttributes.ANSWER_IS_FALLBACK,
                        isFallback,
                        TraceAttributes.ERROR_TYPE,
                        source == null ? "rate_limited" : null),
                TraceFields.of(TraceAttributes.COST, Cost.nothing()));
        answers.add(new Answer(path, served, source, isFallback));
    }

    private void check(String path, String span) {
        Check check = new Check(
                path,
                one("size", "taste"),
                one(Verdict.values()),
                random.nextBoolean() ? random.nextInt(8) / 8.0 : null);
        emit(
                TraceEvent.EVALUATION,
                span,
                "run",
                TraceFields.of(
                        TraceAttributes.EVALUATION_NAME,
                        check.name(),
                        TraceAttributes.EVALUATION_LABEL,
                        check.verdict().name().toLowerCase(Locale.ROOT),
                        TraceAttributes.EVALUATION_SCORE,
                        check.score(),
                        TraceAttributes.EVALUATION_EXPLANATION,
                        "as found"),
                Map.of());
        checks.add(check);
    }

    private void artifact(String span) {
        Sha256 sha256 = Sha256.of(new byte[] {(byte) random.nextInt(6)});
        emit(
                TraceEvent.ARTIFACT,
                span,
                "run",
                TraceFields.of(TraceAttributes.ARTIFACT_ROLE, "output"),
                TraceFields.of(
                        "artifact",
                        new ArtifactRefBuilder()
                                .sha256(sha256)
                                .mediaType("image/png")
                                .byteCount(1)
                                .build()));
        artifacts.add(sha256);
    }

    private void emit(
            String type,
            String span,
            @Nullable String parent,
            Map<String, Object> attributes,
            Map<String, Object> body) {
        sequence++;
        var event = TraceEvent.builder(runId, type, runId.createdAt().plusMillis(elapsed))
                .sequence(sequence)
                .elapsedNanos(elapsed * 1_000_000)
                .spanId(span)
                .attributes(attributes)
                .body(body);
        if (parent != null) {
            var unused = event.parentSpanId(parent);
        }
        events.add(event.build());
    }

    @SafeVarargs
    private <T> T one(T... of) {
        return of[random.nextInt(of.length)];
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    @SafeVarargs
    private <T> @Nullable T maybe(T... of) {
        return random.nextBoolean() ? of[random.nextInt(of.length)] : null;
    }

    /** An id of that age. */
    static RunId runId(Instant age, Random random) {
        StringBuilder id = new StringBuilder();
        for (int shift = 45; shift >= 0; shift -= 5) {
            id.append(CROCKFORD.charAt((int) (age.toEpochMilli() >>> shift) & 31));
        }
        random.ints(16, 0, 32).forEach(digit -> id.append(CROCKFORD.charAt(digit)));
        return new RunId(id.toString());
    }
}
