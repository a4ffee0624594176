package dev.pictor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class TraceFieldsTest {

    @Test
    void keepsTheOrderInWhichFieldsWereNamed() {
        assertThat(TraceFields.of("model", "m", "attempt", 2, "cost", "none"))
                .containsExactly(entry("model", "m"), entry("attempt", 2), entry("cost", "none"));
    }

    @Test
    void leavesOutWhatIsNotThere() {
        TraceFields fields = TraceFields.of("size", null, "count", 1, "seed", null);

        assertThat(fields).containsExactly(entry("count", 1));
        assertThat(fields.containsKey("size")).isFalse();
        assertThat(fields.get("seed")).isNull();
    }

    @Test
    void isTheSameAsAnyMapOfTheSameFields() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("b", 1);
        map.put("a", "x");

        assertThat(TraceFields.of("a", "x", "b", 1)).isEqualTo(map).hasSameHashCodeAs(map);
        assertThat(TraceFields.of("a", null)).isEqualTo(Map.of());
        assertThat(TraceFields.of("a", "y", "b", 1)).isNotEqualTo(map);
    }

    @Test
    void isReadAsAMapIs() {
        TraceFields fields = TraceFields.of("a", "x", "b", 1);

        assertThat(fields)
                .hasSize(2)
                .containsKeys("a", "b")
                .doesNotContainKey("c")
                .containsEntry("b", 1);
        assertThat(fields.get(null)).isNull();
        var entries = fields.entrySet().iterator();
        entries.next();
        entries.next();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(entries::next);
    }

    @Test
    void addsFieldsToACopy() {
        TraceFields fields = TraceFields.of("a", 1);

        assertThat(fields.and(Map.of("b", 2))).containsExactly(entry("a", 1), entry("b", 2));
        assertThat(fields).containsExactly(entry("a", 1));
        assertThat(fields.and(Map.of())).isSameAs(fields);
    }

    @Test
    void cannotBeChanged() {
        TraceFields fields = TraceFields.of("a", 1);

        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> fields.put("b", 2));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> fields.remove("a"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> fields.entrySet().iterator().next().setValue(2));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(fields::clear);
    }

    @Test
    void refusesANameWithoutAValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TraceFields.of("a", 1, "b"))
                .withMessage("the last of 3 names and values is a name alone");
    }
}
