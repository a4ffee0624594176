package dev.pictor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pictor.model.Cost;
import dev.pictor.model.Money;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunExportTest {

    private static final Instant START = Instant.parse("2026-11-20T08:15:30.123Z");
    private static final RunId RUN = new RunId("01K7GZ0V6W8Z3Y1X2C3D4E5F6G");

    @Nested
    class Lines {

        private final MemoryRunStore store = new MemoryRunStore();
        private long sequence;

        private void event(RunId runId, String type, Map<String, Object> attributes) {
            store.accept(TraceEvent.builder(runId, type, START)
                    .sequence(++sequence)
                    .spanId("00f067aa0ba902b1")
                    .attributes(attributes)
                    .build());
        }

        private String exported(RunId... runs) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            RunExport.jsonLines(store, List.of(runs), out);
            return out.toString(StandardCharsets.UTF_8);
        }

        @Test
        void areTheEventsInTheirOrder() throws IOException {
            event(RUN, TraceEvent.RUN_START, Map.of(TraceAttributes.WORKFLOW, "drawing"));
            event(RUN, TraceEvent.RUN_END, Map.of("of.the.future", "kept"));

            List<String> lines = exported(RUN).lines().toList();

            assertThat(lines).hasSize(2);
            assertThat(new ObjectMapper().readTree(lines.get(0)).path("type").asText())
                    .isEqualTo("run.start");
            assertThat(lines.get(1)).contains("\"of.the.future\":\"kept\"");
        }

        @Test
        void canBeTheLogOfAStore(@TempDir Path folder) {
            event(RUN, TraceEvent.RUN_START, Map.of(TraceAttributes.WORKFLOW, "drawing"));

            List<TraceEvent> read = exported(RUN)
                    .lines()
                    .map(line -> TraceJson.parse(line.getBytes(StandardCharsets.UTF_8))
                            .orElseThrow())
                    .toList();

            assertThat(read).isEqualTo(store.events(RUN));
            try (DirectoryRunStore other = DirectoryRunStore.open(folder)) {
                read.forEach(other::accept);
                assertThat(other.find(RUN)).map(RunRecord::pipeline).contains("drawing");
            }
        }

        @Test
        void stopAtARunThatIsNotThere() {
            event(RUN, TraceEvent.RUN_START, Map.of());
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            RunId other = RunId.create();

            assertThatExceptionOfType(StoredRunException.class)
                    .isThrownBy(() -> RunExport.jsonLines(store, List.of(RUN, other), out))
                    .withMessageContaining(other.value())
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(StoredRunException.Reason.NOT_FOUND));
            assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
        }

        @Test
        void tellThatTheyCannotBeWritten() {
            event(RUN, TraceEvent.RUN_START, Map.of());

            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> RunExport.jsonLines(store, List.of(RUN), new OutputStream() {
                        @Override
                        public void write(int one) throws IOException {
                            throw new IOException("the disk is full");
                        }
                    }))
                    .withMessageContaining("events");
        }
    }

    @Nested
    class Table {

        private String[] row(RunRecordBuilder run) {
            StringBuilder out = new StringBuilder();
            RunExport.csv(List.of(RunSummary.of(run.runId(RUN).startedAt(START).build())), out);
            String[] lines = out.toString().split("\r\n", -1);
            assertThat(lines).hasSize(3);
            assertThat(lines[2]).isEmpty();
            assertThat(lines[0]).startsWith("run,pipeline,status,started_at,duration_ms,tenant,user,cost,currency,");
            return new String[] {lines[0], lines[1]};
        }

        private String cell(String column, RunRecordBuilder run) {
            String[] lines = row(run);
            int at = List.of(lines[0].split(",", -1)).indexOf(column);
            assertThat(at).as(column).isNotNegative();
            return lines[1].split(",", -1)[at];
        }

        @Test
        void hasACellForEachColumn() {
            String[] lines = row(new RunRecordBuilder()
                    .pipeline("generation")
                    .status(RunStatus.SUCCEEDED)
                    .duration(Duration.ofMillis(1_500))
                    .tenant("acme"));

            assertThat(lines[1])
                    .startsWith(RUN + ",generation,SUCCEEDED,2026-11-20T08:15:30.123Z,1500,acme,,")
                    .satisfies(row -> assertThat(row.split(",", -1)).hasSameSizeAs(lines[0].split(",", -1)));
        }

        @Test
        void saysWhatACostIsAndWhetherItIsAll() {
            RunRecordBuilder run =
                    new RunRecordBuilder().cost(Cost.of(Money.usd(39_000_000)).plus(Cost.unknown()));

            assertThat(cell("cost", run)).isEqualTo("0.039");
            assertThat(cell("currency", run)).isEqualTo("USD");
            assertThat(cell("cost_complete", run)).isEqualTo("false");
        }

        @Test
        void quotesWhatWouldBreakARow() {
            assertThat(row(new RunRecordBuilder().tenant("a \"b\", c"))[1]).contains(",\"a \"\"b\"\", c\",");
        }

        @Test
        void isNoFormula() {
            assertThat(cell("tenant", new RunRecordBuilder().tenant("=HYPERLINK(\"http://x\")")))
                    .startsWith("\"'=HYPERLINK");
            assertThat(cell("user", new RunRecordBuilder().user("@cmd"))).isEqualTo("'@cmd");
        }
    }
}
