package dev.pictor.benchmarks.load;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures many calls at once:
 *
 * <pre>
 * java -jar load.jar P3 [--seconds 60] [--json FILE]
 * java -jar load.jar soak [--minutes 5] [--json FILE]
 * java -jar load.jar runs [--runs 100000] [--days 10] [--folder FOLDER] [--json FILE]
 * java -jar load.jar report --from FOLDER [--json FILE]
 * </pre>
 *
 * <p>{@code --json} writes the figures to a file. {@code report} makes one table of a folder of such files, those of JMH
 * among them. The exit code is 0 however the targets fare, 1 if something could not be measured.
 */
public final class Load {

    private static final Map<String, Scenario> SCENARIOS = new TreeMap<>(Map.of(
            "p3", new Delta(),
            "p6", new HttpThroughput(),
            "p7", new LargePicture(),
            "p10", new StalledHalf(),
            "p11", new ThousandStalled(),
            "p13", new BuildTime(),
            "p14", new MillionCalls(),
            "runs", new RunIndexTimes(),
            "soak", new Soak(),
            "report", new Report()));

    private Load() {}

    /**
     * Runs one measurement.
     *
     * @param args its name and options
     */
    public static void main(String[] args) throws Exception {
        Scenario scenario = args.length == 0 ? null : SCENARIOS.get(args[0].toLowerCase(Locale.ROOT));
        if (scenario == null) {
            System.err.println("say what to measure: " + String.join(", ", SCENARIOS.keySet()));
            System.exit(2);
            return;
        }
        Options options = new Options(List.copyOf(Arrays.asList(args).subList(1, args.length)));
        Figures figures = new Figures();
        scenario.run(options, figures);
        if (options.text("json").isPresent() && !(scenario instanceof Report)) {
            figures.write(Path.of(options.text("json").get()));
        }
        System.exit(0);
    }
}
