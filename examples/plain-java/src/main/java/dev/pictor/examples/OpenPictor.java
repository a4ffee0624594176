package dev.pictor.examples;

import dev.pictor.Pictor;
import dev.pictor.generation.GeneratedImages;
import dev.pictor.pipeline.RunOptions;
import dev.pictor.pipeline.RunOptionsBuilder;
import dev.pictor.trace.DirectoryRunStore;
import java.util.Map;
import java.util.Optional;

/** Pictor over a folder: its run store, its prompts and overrides, and the models of the environment. */
record OpenPictor(
        OutputFolder folder, DirectoryRunStore store, Models.Painter painter, Models.Reasoner reasoner, Pictor pictor)
        implements AutoCloseable {

    /**
     * Opens it.
     *
     * @param store is closed with it
     */
    static OpenPictor of(OutputFolder folder, DirectoryRunStore store, Models models, Optional<String> modelId) {
        Models.Painter painter = models.painter(modelId);
        Models.Reasoner reasoner = models.reasoner();
        Pictor pictor = Pictor.builder(painter.model())
                .reasoningModel(reasoner.model())
                .prompts(folder.prompts())
                .store(store)
                .build();
        return new OpenPictor(folder, store, painter, reasoner, pictor);
    }

    /** Options that show progress on a terminal. */
    RunOptionsBuilder options(Output output) {
        return RunOptions.builder().listener(output.progress(folder.isJson()));
    }

    /** Writes pictures and report, and returns what there is to say of them. */
    Map<String, Object> write(GeneratedImages result) {
        return folder.write(store, result);
    }

    @Override
    public void close() {
        try (store;
                painter;
                reasoner;
                pictor) {
            // in the reverse order of their opening
        }
    }
}
