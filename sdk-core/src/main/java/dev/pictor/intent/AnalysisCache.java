package dev.pictor.intent;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.pictor.gateway.semantic.LexicalEmbedder;
import dev.pictor.gateway.semantic.SemanticHit;
import dev.pictor.gateway.semantic.SemanticIndex;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What models made of wishes, by tenant. A wish with the same words is found, and one that means the same by its nearest
 * words; of the latter no word may differ that tells things apart. Thread-safe.
 */
final class AnalysisCache {

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}']+");
    private static final double NEAR = 0.8;

    private final Cache<String, Understanding> known;
    private final SemanticIndex index;
    private final LexicalEmbedder embedder = LexicalEmbedder.create();

    AnalysisCache(int size, Duration keep) {
        this.index = SemanticIndex.create(Math.max(1, size));
        this.known = Caffeine.newBuilder()
                .maximumSize(size)
                .expireAfterWrite(keep)
                .executor(Runnable::run)
                .removalListener((@Nullable String key, @Nullable Understanding value, RemovalCause cause) -> {
                    if (key != null && cause.wasEvicted()) {
                        index.remove(key);
                    }
                })
                .build();
    }

    Optional<Understanding> same(String tenant, String wish) {
        return Optional.ofNullable(known.getIfPresent(key(tenant, wish)));
    }

    Optional<Understanding> near(String tenant, String wish) {
        if (wish.length() > SemanticIndex.MAX_PROMPT_CHARS) {
            return Optional.empty();
        }
        return index.nearest(tenant, embedder.embed(wish), wish, NEAR)
                .map(SemanticHit::id)
                .map(known::getIfPresent);
    }

    void keep(String tenant, String wish, Understanding understanding) {
        String key = key(tenant, wish);
        known.put(key, understanding);
        if (wish.length() <= SemanticIndex.MAX_PROMPT_CHARS) {
            index.add(tenant, key, wish, embedder.embed(wish));
        }
    }

    void clear() {
        known.invalidateAll();
        index.clear();
    }

    private static String key(String tenant, String wish) {
        return tenant + "\n"
                + NO_WORD.matcher(wish.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }
}
