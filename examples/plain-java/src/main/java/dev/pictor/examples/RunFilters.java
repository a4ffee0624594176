package dev.pictor.examples;

import dev.pictor.trace.RunQuery;
import dev.pictor.trace.RunQueryBuilder;
import dev.pictor.trace.RunStatus;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which runs are meant: those of which everything is true that is given. */
final class RunFilters {

    @Option(names = "--tenant", paramLabel = "ID", description = "Runs for this tenant.")
    private @Nullable String tenant;

    @Option(names = "--user", paramLabel = "ID", description = "Runs for this user.")
    private @Nullable String user;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "Runs that stand so: ${COMPLETION-CANDIDATES}. May be repeated, for any of them.")
    private Set<RunStatus> statuses = new LinkedHashSet<>();

    @Option(names = "--pipeline", paramLabel = "NAME", description = "Runs of this pipeline.")
    private @Nullable String pipeline;

    @Option(names = "--model", paramLabel = "ID", description = "Runs that asked this model or were served by it.")
    private @Nullable String model;

    @Option(
            names = "--prompt",
            paramLabel = "NAME[@VERSION]",
            description = "Runs that rendered this prompt, such as generation/enhance@1.2.")
    private @Nullable String prompt;

    @Option(names = "--label", paramLabel = "NAME=VALUE", description = "Runs with this label. May be repeated.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(names = "--failed-stage", paramLabel = "STAGE", description = "Runs that failed at this stage.")
    private @Nullable String failedStage;

    @Option(names = "--error", paramLabel = "KIND", description = "Runs that met this failure, such as rate_limited.")
    private @Nullable String error;

    @Option(names = "--since", paramLabel = "TIME", description = "Runs from this day or moment on, in UTC.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Runs before this day or moment, in UTC.")
    private @Nullable String until;

    RunQueryBuilder query() {
        RunQueryBuilder query = RunQuery.builder()
                .tenant(Optional.ofNullable(tenant))
                .user(Optional.ofNullable(user))
                .statuses(statuses)
                .pipeline(Optional.ofNullable(pipeline))
                .model(Optional.ofNullable(model))
                .labels(labels)
                .failedStage(Optional.ofNullable(failedStage))
                .errorType(Optional.ofNullable(error))
                .since(Moments.parse("--since", since))
                .until(Moments.parse("--until", until));
        if (prompt != null) {
            int at = prompt.indexOf('@');
            query.promptName(at < 0 ? prompt : prompt.substring(0, at));
            query.promptVersion(at < 0 ? Optional.empty() : Optional.of(prompt.substring(at + 1)));
        }
        return query;
    }
}
