package dev.pictor.testkit;

import dev.pictor.trace.ArtifactStore;
import dev.pictor.trace.DirectoryRunStore;
import dev.pictor.trace.RunId;
import dev.pictor.trace.RunJournal;
import dev.pictor.trace.RunStore;
import dev.pictor.trace.TraceEvent;
import dev.pictor.trace.TraceSink;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class DirectoryRunStoreTest {

    @TempDir
    Path directory;

    private DirectoryRunStore store;

    @BeforeEach
    void open() {
        store = DirectoryRunStore.open(directory);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Nested
    class AsTraceSink extends TraceSinkContract {

        @Override
        protected TraceSink sink() {
            return store;
        }

        @Override
        protected List<TraceEvent> events(RunId runId) {
            return store.events(runId);
        }
    }

    @Nested
    class AsRunStore extends RunStoreContract {

        @Override
        protected RunStore store() {
            return store;
        }

        @Override
        protected TraceSink sink() {
            return store;
        }
    }

    @Nested
    class AsRunJournal extends RunJournalContract {

        @Override
        protected RunJournal journal() {
            return store;
        }

        @Override
        protected void reopen() {
            close();
            open();
        }
    }

    @Nested
    class AsArtifactStore extends ArtifactStoreContract {

        @Override
        protected ArtifactStore store() {
            return store;
        }
    }
}
