package dev.pictor.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Files change while many threads look prompts up. */
class RegistryConcurrencyTest {

    private static final int READERS = 6;
    private static final int EDITS = 2_000;

    private final MemoryPromptSource files = new MemoryPromptSource();
    private final PromptRegistry registry = PromptRegistry.of(files);
    /** The newest edit whose put has returned. */
    private final AtomicInteger published = new AtomicInteger();

    @Test
    void nobodySeesAnEditOlderThanTheLastThatWasFinishedBefore() throws Exception {
        edit(0);
        ExecutorService threads = Executors.newFixedThreadPool(READERS);
        try {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(reader()));
            }
            for (int i = 1; i <= EDITS; i++) {
                edit(i);
            }
            for (Future<Integer> reader : readers) {
                assertThat(reader.get(60, TimeUnit.SECONDS)).isPositive();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** The partial is put first: a text of a new prompt and an old partial would be one that never was whole. */
    private void edit(int number) {
        files.put("_n.prompt", String.valueOf(number));
        files.put("p.prompt", "{{! " + number + "}}{{>n}}");
        published.set(number);
    }

    private Callable<Integer> reader() {
        return () -> {
            int lookUps = 0;
            int seen = 0;
            while (seen < EDITS) {
                int before = published.get();
                SelectedPrompt chosen = registry.resolve("p", PromptSelection.none());
                seen = Integer.parseInt(chosen.render(Map.of()).text());
                assertThat(seen).isGreaterThanOrEqualTo(before);
                lookUps++;
            }
            return lookUps;
        };
    }
}
