package dev.pictor.adapter.local;

import java.util.Collection;
import java.util.Map;

/** Looks at JSON Schemas the way OpenAI's strict mode does: "Structured Outputs" in its guide, read in November 2026. */
final class ClosedSchema {

    private ClosedSchema() {}

    /** Returns whether each object in a schema has all of its properties required and allows no others. */
    static boolean isClosed(Object schema) {
        if (schema instanceof Map<?, ?> map) {
            boolean closed = !(map.get("properties") instanceof Map<?, ?> properties)
                    || (Boolean.FALSE.equals(map.get("additionalProperties"))
                            && map.get("required") instanceof Collection<?> required
                            && required.containsAll(properties.keySet()));
            return closed && map.values().stream().allMatch(ClosedSchema::isClosed);
        }
        return !(schema instanceof Collection<?> list) || list.stream().allMatch(ClosedSchema::isClosed);
    }
}
