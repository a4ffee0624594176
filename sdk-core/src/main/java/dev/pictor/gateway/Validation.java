package dev.pictor.gateway;

import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.model.ModelFailure.Billed;
import dev.pictor.model.ModelFailure.Reason;
import dev.pictor.model.ModelResult;
import dev.pictor.model.OptionWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Refuses what the model cannot do before anything is sent. For a caller who insists on every option this is what the model
 * will not honour too, and an answer that did not honour one is none, wherever it is from.
 */
final class Validation implements Step {

    /** What a warning is of that no option brings about: the model itself, and pictures that did not come. */
    private static final List<String> NO_OPTIONS = List.of("model", "count");

    @Override
    public <R extends ModelResult> ModelAnswer<R> take(Road<R> road) throws InterruptedException {
        CallOptions options = road.journey().options;
        ModelCall<R> call = fitting(road.call(), options);
        String model = call.profile.id();
        List<String> problems = call.problems();
        if (!problems.isEmpty()) {
            throw failure(model, Reason.INVALID_REQUEST, Billed.NOT_SENT, String.join("; ", problems));
        }
        if (options.strictOptions()) {
            List<String> ignored = ignored(road.call(), call);
            if (!ignored.isEmpty()) {
                throw failure(model, Reason.OPTION_NOT_HONOURED, Billed.NOT_SENT, String.join("; ", ignored));
            }
        }
        ModelAnswer<R> answer = road.to(call).proceed();
        if (options.strictOptions()) {
            check(model, answer);
        }
        return answer.withWarnings(call.omissions()); // of this call, whoever was answered before
    }

    private static void check(String model, ModelAnswer<?> answer) {
        String ignored = ignored(answer);
        if (!ignored.isEmpty()) {
            boolean wasAsked = answer.source() == AnswerSource.MODEL;
            throw failure(
                    model,
                    Reason.OPTION_NOT_HONOURED,
                    wasAsked ? Billed.BILLED_UNUSABLE : Billed.NOT_SENT,
                    "answered, but " + ignored);
        }
    }

    /** Returns what of the request an answer did not honour, empty if it did everything. */
    static String ignored(ModelAnswer<?> answer) {
        return answer.warnings().stream()
                .filter(warning -> !NO_OPTIONS.contains(warning.option()))
                .map(Validation::words)
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static ModelException failure(String model, Reason reason, Billed billed, String what) {
        return new ModelException(ModelFailure.builder(model, reason, billed, "model " + model + " " + what)
                .build());
    }

    /** Returns what stands in the way of a call, each in a sentence. */
    static List<String> problems(ModelCall<?> call, CallOptions options) {
        ModelCall<?> fitting = fitting(call, options);
        List<String> problems = fitting.problems();
        if (!options.strictOptions()) {
            return problems;
        }
        List<String> all = new ArrayList<>(problems);
        all.addAll(ignored(call, fitting));
        return all;
    }

    /** Returns whether nothing but options that are not honoured stands in the way. */
    static boolean canServe(ModelCall<?> call, CallOptions options) {
        return fitting(call, options).problems().isEmpty();
    }

    /** A prompt that is shortened because the caller said so is no option left out: only what was omitted before counts. */
    private static List<String> ignored(ModelCall<?> asked, ModelCall<?> fitting) {
        return Stream.concat(asked.omissions().stream(), fitting.unsupported().stream())
                .filter(warning -> !warning.option().equals("model"))
                .map(Validation::words)
                .distinct()
                .toList();
    }

    private static String words(OptionWarning warning) {
        return "does not honour " + warning.option() + ": " + warning.message();
    }

    static <R extends ModelResult> ModelCall<R> fitting(ModelCall<R> call, CallOptions options) {
        return options.shortenPrompt() ? call.shortened() : call;
    }
}
