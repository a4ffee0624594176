package dev.pictor.examples;

import dev.pictor.error.PictorException;
import dev.pictor.image.ImageRejectedException;
import dev.pictor.image.fetch.ImageFetchException;
import dev.pictor.model.ModelException;
import dev.pictor.model.ModelFailure;
import dev.pictor.pipeline.StageException;
import dev.pictor.prompts.PromptException;
import dev.pictor.trace.StoredRunException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns what went wrong into one line and an exit code. */
final class Failures {

    static final int OTHER = 1;
    static final int BAD_INPUT = 2;
    static final int FILE = 3;
    static final int MODEL = 4;
    static final int STORED_RUN = 5;
    static final int FETCH = 6;

    private Failures() {}

    static int badInput(PrintWriter err, String[] args, String message) {
        return print(err, args, "bad_input", message, BAD_INPUT);
    }

    static int report(PrintWriter err, String[] args, Exception failure) {
        if (failure instanceof IllegalArgumentException || failure instanceof ImageRejectedException) {
            return badInput(err, args, String.valueOf(failure.getMessage()));
        }
        if (failure instanceof ModelException known) {
            String reason = known.reason().name().toLowerCase(Locale.ROOT);
            boolean asked = known.reason() == ModelFailure.Reason.INVALID_REQUEST;
            return print(err, args, reason, message(known), asked ? BAD_INPUT : MODEL);
        }
        if (failure instanceof StoredRunException known) {
            String reason = known.reason().name().toLowerCase(Locale.ROOT);
            return print(err, args, reason, message(known), STORED_RUN);
        }
        if (failure instanceof PromptException known) {
            String reason = known.reason().name().toLowerCase(Locale.ROOT);
            boolean unread = known.reason() == PromptException.Reason.UNREADABLE;
            return print(err, args, reason, String.valueOf(known.getMessage()), unread ? FILE : BAD_INPUT);
        }
        if (failure instanceof ImageFetchException known) {
            String reason = known.reason().name().toLowerCase(Locale.ROOT);
            return print(err, args, reason, message(known), FETCH);
        }
        if (failure instanceof StageException && failure.getCause() instanceof UncheckedIOException known) {
            return report(err, args, known); // such as a full disk
        }
        if (failure instanceof UncheckedIOException known) {
            return print(err, args, "file", known.getMessage() + why(known.getCause()), FILE);
        }
        return print(err, args, "failed", String.valueOf(failure.getMessage()), OTHER);
    }

    /** With {@code --json} a machine reads along. */
    private static int print(PrintWriter err, String[] args, String type, String message, int exitCode) {
        String line = message.replaceAll("\\s+", " ");
        if (Arrays.asList(args).contains("--json")) {
            err.println(Output.json(Map.of("error", Map.of("type", type, "message", line))));
        } else {
            err.println("error: " + line);
        }
        return exitCode;
    }

    private static String message(PictorException failure) {
        return String.valueOf(failure.getMessage());
    }

    /** The JDK's file exceptions often say no more than the path. */
    private static String why(@Nullable Throwable cause) {
        if (cause == null) {
            return "";
        }
        String kind = cause instanceof FileSystemException known && known.getReason() == null
                ? cause.getClass().getSimpleName().replace("Exception", "") + " "
                : "";
        return ": " + kind + cause.getMessage();
    }
}
