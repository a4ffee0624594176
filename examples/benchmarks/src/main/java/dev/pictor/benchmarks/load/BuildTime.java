package dev.pictor.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** P13: what it takes until there is something to call, each time in a new JVM, and what is read and sent meanwhile. */
final class BuildTime implements Scenario {

    private static final int JVMS = 7;

    @Override
    public void run(Options options, Figures figures) throws Exception {
        int jvms = (int) options.number("jvms", JVMS);
        for (String what : new String[] {"gateway", "pictor"}) {
            double[] first = new double[jvms];
            double[] later = new double[jvms];
            for (int i = 0; i < jvms; i++) {
                String[] words = ask(what).split(" ", -1);
                first[i] = Double.parseDouble(words[0]);
                later[i] = Double.parseDouble(words[1]);
            }
            Arrays.sort(first);
            Arrays.sort(later);
            figures.add(Figure.atMost(
                    "P13",
                    what + " build(), first in a JVM, classes loaded meanwhile, p50",
                    first[jvms / 2],
                    "ms",
                    50));
            figures.add(Figure.told("P13", what + " build(), classes loaded before, p50", later[jvms / 2], "ms"));
        }
        figures.add(Figure.atMost(
                "P13",
                "files and sockets read or written by build(), classes and resources in jars left out",
                Double.parseDouble(ask("watch")),
                "events",
                0));
    }

    private static String ask(String what) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BuildTimeMain.class.getName(),
                        what)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("build() of " + what + " failed");
        }
        return answer;
    }
}
