package dev.pictor.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewayCommandTest {

    private final StringWriter err = new StringWriter();

    private List<String> lines() {
        StringWriter out = new StringWriter();
        int exitCode = PictorExamples.run(
                new String[] {"gateway"}, Map.of(), false, new PrintWriter(out), new PrintWriter(err));
        assertThat(exitCode).as(err.toString()).isZero();
        return out.toString().lines().toList();
    }

    @Test
    void showsFallbackCacheBudgetAndWhyEachWasDone() {
        List<String> lines = lines();

        assertThat(lines).anyMatch(line -> line.matches("1 +demo/grand-painter +\\$0\\.08 +0\\.9 .*"));
        assertThat(lines).anyMatch(line -> line.matches("2 +demo/house-painter +\\$0\\.03 +0\\.6 .*"));
        assertThat(lines).anyMatch(line -> line.endsWith("house-painter from MODEL, attempts: 3, cost: $0.03"));
        assertThat(lines).anyMatch(line -> line.endsWith("house-painter from MEMORY_CACHE, attempts: 0, cost: $0"));
        assertThat(lines).anyMatch(line -> line.endsWith("refused: $0.03 asked, $0.01 left"));
        assertThat(lines).anyMatch(line -> line.endsWith("for ada: $0.09 spent, $0.01 left"));
        assertThat(lines).anyMatch(line -> line.startsWith("retry ")).anyMatch(line -> line.startsWith("fallback "));
        assertThat(lines).anyMatch(line -> line.startsWith("route ")).anyMatch(line -> line.startsWith("cache "));
    }
}
