package dev.pictor.prompts;

import java.util.Comparator;

/** What an override is found by: there is one at most for each. */
record OverrideKey(String tenant, String prompt, String variant) implements Comparable<OverrideKey> {

    private static final Comparator<OverrideKey> ORDER = Comparator.comparing(OverrideKey::tenant)
            .thenComparing(OverrideKey::prompt)
            .thenComparing(OverrideKey::variant);

    static OverrideKey of(PromptOverride override) {
        return new OverrideKey(
                override.tenant(), override.prompt(), override.variant().orElse(""));
    }

    /** Returns a name for a file, which no tenant's id can bend. */
    String fileName() {
        return Digests.of(tenant + '\0' + prompt + '\0' + variant).substring(0, 32) + ".json";
    }

    @Override
    public int compareTo(OverrideKey other) {
        return ORDER.compare(this, other);
    }
}
