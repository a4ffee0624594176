package dev.pictor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.prompts.PromptOverride;
import dev.pictor.prompts.PromptOverrideBuilder;
import dev.pictor.prompts.PromptOverrideStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The tests that every {@link PromptOverrideStore} passes that keeps something. Extend it and give an empty store. Not
 * thread-safe.
 */
public abstract class PromptOverrideStoreContract {

    private static final Instant MADE = Instant.parse("2026-01-01T10:00:00.123456789Z");
    private static final int THREADS = 8;
    private static final int ROUNDS = 40;
    private static final long PATIENCE_SECONDS = 120;

    /** Ids that a store might take for a path, a pattern, a query or an end. */
    private static final List<String> ODD = List.of(
            "../x",
            "a/b",
            "a\\b",
            "/etc/passwd",
            "C:\\x",
            ".",
            "..",
            "x".repeat(256),
            "鋼の錬金術師",
            "🛒".repeat(100),
            "A",
            "a",
            "a ",
            "%",
            "_",
            "*",
            "a'; drop table x; --",
            "a\u0000b",
            "a\nb",
            "é",
            "e\u0301");

    /** For subclasses. */
    protected PromptOverrideStoreContract() {}

    /**
     * Returns the store under test.
     *
     * @return the same store throughout a test, empty at its start; the subclass closes it
     */
    protected abstract PromptOverrideStore store();

    /**
     * Returns a store over the same storage, as a program finds it that starts anew.
     *
     * @return the store, or {@link #store()} itself if it forgets all when the program ends
     */
    protected abstract PromptOverrideStore reopened();

    private static PromptOverrideBuilder override(String tenant, String prompt, String text) {
        return PromptOverride.builder(tenant, prompt, text, "a reason", "ann", MADE);
    }

    @Test
    void givesBackAllOfWhatWasPut() {
        PromptOverride bare = override("t", "shop/enhance", "Draw {{wish}}.").build();
        PromptOverride full = override("t", "shop/enhance", "---\nmodel: m\n---\nörtlich 描く 🎨\n\ttab\u0000")
                .variant("art")
                .expiresAt(MADE.plusSeconds(60))
                .build();
        store().put(bare);
        store().put(full);

        for (PromptOverrideStore each : List.of(store(), reopened())) {
            assertThat(each.find("t", "shop/enhance", "")).contains(bare);
            assertThat(each.find("t", "shop/enhance", "art")).contains(full);
        }
    }

    @Test
    void keepsWhatWasPutLast() {
        store().put(override("t", "p", "first").expiresAt(MADE.plusSeconds(1)).build());
        PromptOverride last = override("t", "p", "last").build();
        store().put(last);

        assertThat(store().find("t", "p", "")).contains(last);
        assertThat(reopened().list()).containsExactly(last);
    }

    @Test
    void keepsThoseThatHaveExpired() {
        PromptOverride expired = PromptOverride.builder("t", "p", "x", "r", "a", Instant.EPOCH)
                .expiresAt(Instant.EPOCH.plusSeconds(1))
                .build();
        store().put(expired);

        assertThat(store().find("t", "p", "")).contains(expired);
        assertThat(store().list()).containsExactly(expired);
    }

    @Test
    void isEmptyWhereNothingWasPut() {
        assertThat(store().find("t", "p", "")).isEmpty();
        assertThat(store().list()).isEmpty();
        assertThat(store().remove("t", "p", "")).isFalse();
    }

    @Test
    void keepsTenantsPromptsAndVariantsApart() {
        store().put(override("t", "a/b", "x").variant("c").build());

        assertThat(store().find("t2", "a/b", "c")).isEmpty();
        assertThat(store().find("t", "a", "c")).isEmpty();
        assertThat(store().find("t", "a/b", "")).isEmpty();
        assertThat(store().find("t", "a/b", "d")).isEmpty();
        assertThat(store().find("", "a/b", "c")).isEmpty();
        assertThat(store().remove("t2", "a/b", "c")).isFalse();
        assertThat(store().find("t", "a/b", "c")).isPresent();
    }

    @Test
    void takesAnyTenantForWhoItIs() {
        for (String tenant : ODD) {
            store().put(override(tenant, "p", "of " + tenant).build());
        }

        for (String tenant : ODD) {
            assertThat(reopened().find(tenant, "p", "").map(PromptOverride::text))
                    .as(tenant)
                    .contains("of " + tenant);
        }
        assertThat(store().list()).hasSize(ODD.size());
        for (String tenant : ODD) {
            assertThat(store().remove(tenant, "p", "")).as(tenant).isTrue();
        }
        assertThat(store().list()).isEmpty();
    }

    @Test
    void findsNothingForNamesThatNobodyCanHave() {
        for (String odd : List.of("", "../p", "x".repeat(10_000), "\u0000")) {
            assertThat(store().find("t", odd, "")).isEmpty();
            assertThat(store().find("t", "p", odd)).isEmpty();
            assertThat(store().find(odd, "p", "")).isEmpty();
            assertThat(store().remove("t", odd, odd)).isFalse();
        }
    }

    @Test
    void removesOnce() {
        store().put(override("t", "p", "x").build());

        assertThat(store().remove("t", "p", "")).isTrue();
        assertThat(store().remove("t", "p", "")).isFalse();
        assertThat(store().find("t", "p", "")).isEmpty();
        assertThat(reopened().list()).isEmpty();
    }

    @Test
    void listsByTenantPromptAndVariant() {
        for (String key : List.of("b p v", "a q", "b p", "a p w", "a p", "a p v")) {
            String[] parts = key.split(" ", -1);
            PromptOverrideBuilder override = override(parts[0], parts[1], "x");
            if (parts.length > 2) {
                override.variant(parts[2]);
            }
            store().put(override.build());
        }

        assertThat(store().list())
                .extracting(one ->
                        one.tenant() + " " + one.prompt() + " " + one.variant().orElse(""))
                .containsExactly("a p ", "a p v", "a p w", "a q ", "b p ", "b p v");
    }

    @Test
    void neverShowsHalfAnOverrideWhateverIsDoneAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                done.add(threads.submit(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        step(number, round);
                    }
                    return null;
                }));
            }
            for (Future<?> future : done) {
                assertThat(future.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNull();
            }
        } finally {
            threads.shutdownNow();
        }
        PromptOverride last = override("t", "p", "last").build();
        store().put(last);
        assertThat(reopened().find("t", "p", "")).contains(last);
    }

    private void step(int thread, int round) {
        String author = "author-" + thread;
        switch ((thread + round) % 4) {
            case 0, 1 ->
                store().put(PromptOverride.builder("t", "p", (author + " ").repeat(2_000), author, author, MADE)
                        .build());
            case 2 -> {
                boolean removed = store().remove("t", "p", "");
                assertThat(removed).isIn(true, false);
            }
            default -> store().list().forEach(PromptOverrideStoreContract::assertWhole);
        }
        Optional<PromptOverride> found = store().find("t", "p", "");
        found.ifPresent(PromptOverrideStoreContract::assertWhole);
    }

    private static void assertWhole(PromptOverride override) {
        assertThat(override.reason()).isEqualTo(override.author());
        assertThat(override.text()).isEqualTo((override.author() + " ").repeat(2_000));
    }
}
