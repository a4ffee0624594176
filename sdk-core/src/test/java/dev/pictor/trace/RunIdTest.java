package dev.pictor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunIdTest {

    @Test
    void is128BitsThatDoubleAsATraceId() {
        // the example of the ULID specification's binary layout: 48 bits of time, then 80 random ones
        RunId id = new RunId("01ARZ3NDEKTSV4RRFFQ69G5FAV");

        assertThat(id.traceId()).isEqualTo("01563e3ab5d3d6764c61efb99302bd5b").hasSize(32);
        assertThat(id.createdAt()).isEqualTo(Instant.ofEpochMilli(0x01563e3ab5d3L));
    }

    @Test
    void sortsByTimeAndIsNeverGivenTwice() {
        assertThat(new RunId("01ARZ3NDEKTSV4RRFFQ69G5FAV")).isLessThan(RunId.create());
        assertThat(Stream.generate(RunId::create).limit(10_000)).doesNotHaveDuplicates();
    }

    @Test
    void takesNoOtherForm() {
        for (String other : new String[] {"", "01arz3ndektsv4rrffq69g5fav", "../01ARZ3NDEKTSV4RRFFQ69G5FA", "run-1"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RunId(other))
                    .withMessageContaining("\"" + other + "\"");
        }
    }
}
