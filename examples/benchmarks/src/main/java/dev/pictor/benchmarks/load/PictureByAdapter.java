package dev.pictor.benchmarks.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.pictor.adapter.gemini.GeminiImageAdapter;
import dev.pictor.adapter.local.LocalServer;
import dev.pictor.adapter.openai.OpenAiImageAdapter;
import dev.pictor.benchmarks.OpenRun;
import dev.pictor.image.ImageBytes;
import dev.pictor.model.ImageModelAdapter;
import dev.pictor.model.ImageRequest;
import dev.pictor.testkit.FaultAnswer;
import dev.pictor.testkit.FaultServer;
import dev.pictor.testkit.wire.GeminiWire;
import dev.pictor.testkit.wire.OpenAiWire;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * P7 for each adapter: an answer with a picture of 2 MiB in the vendor's own words, from the socket to checked and hashed
 * bytes. Beside them the floor, which is the JDK's client and a streaming parser with nothing around.
 * The caller's thread parses, decodes and hashes: its processor time and allocation are told, and the time of the call.
 *
 * <pre>
 * java -cp examples/benchmarks/target/benchmarks.jar dev.pictor.benchmarks.load.PictureByAdapter [--rounds 200] [--json FILE]
 * </pre>
 */
public final class PictureByAdapter implements Scenario {

    private static final int SIDE_PX = 836; // of noise, which no PNG makes smaller: 2 MiB
    private static final int WARM_UP = 60;
    private static final int ROUNDS = 200;
    private static final String PROMPT = "a brass lamp";

    private static final ImageBytes PICTURE = noise();

    private PictureByAdapter() {}

    /** Measures, and prints a line for each figure. */
    public static void main(String[] args) throws Exception {
        Options options = new Options(List.of(args));
        Figures figures = new Figures();
        new PictureByAdapter().run(options, figures);
        if (options.text("json").isPresent()) {
            figures.write(Path.of(options.text("json").get()));
        }
        System.exit(0);
    }

    /** What draws once, and returns the picture. */
    @FunctionalInterface
    private interface Drawing {
        ImageBytes draw() throws Exception;
    }

    @Override
    public void run(Options options, Figures figures) throws Exception {
        int rounds = (int) options.number("rounds", ROUNDS);
        FaultAnswer openAi = OpenAiWire.images().pictures(List.of(PICTURE));
        FaultAnswer gemini = GeminiWire.images().pictures(List.of(PICTURE));
        try (OpenRun run = OpenRun.start();
                FaultServer server = FaultServer.start();
                OpenAiImageAdapter openAiAdapter = OpenAiImageAdapter.builder("test-key")
                        .baseUrl(server.uri().resolve("/v1"))
                        .build();
                GeminiImageAdapter geminiAdapter = GeminiImageAdapter.builder("test-key")
                        .baseUrl(server.uri())
                        .build();
                LocalServer local =
                        LocalServer.openAi("test-key").baseUrl(server.uri()).build()) {
            HttpClient client = HttpClient.newHttpClient();
            measure(
                    "the floor, OpenAI's words",
                    () -> floor(client, server.uri(), "b64_json"),
                    server,
                    openAi,
                    rounds,
                    figures);
            measure("openai", () -> draw(openAiAdapter, run), server, openAi, rounds, figures);
            measure("local", () -> draw(local.images("gpt-image-2"), run), server, openAi, rounds, figures);
            measure(
                    "the floor, Google's words",
                    () -> floor(client, server.uri(), "data"),
                    server,
                    gemini,
                    rounds,
                    figures);
            measure("gemini", () -> draw(geminiAdapter, run), server, gemini, rounds, figures);
        }
    }

    private static void measure(
            String what, Drawing drawing, FaultServer server, FaultAnswer answer, int rounds, Figures figures)
            throws Exception {
        double[] cpu = new double[rounds];
        double[] allocated = new double[rounds];
        double[] time = new double[rounds];
        for (int i = -Math.min(WARM_UP, rounds); i < rounds; i++) {
            server.enqueue(answer);
            long begin = System.nanoTime();
            long cpuBegin = ThisProcess.cpuNanosOfThisThread();
            long allocatedBegin = ThisProcess.allocatedBytesOfThisThread();
            ImageBytes picture = drawing.draw();
            if (!picture.sha256().equals(PICTURE.sha256())) {
                throw new IllegalStateException(what + " gave another picture");
            }
            if (i >= 0) {
                allocated[i] =
                        (double) (ThisProcess.allocatedBytesOfThisThread() - allocatedBegin) / PICTURE.byteCount();
                cpu[i] = (ThisProcess.cpuNanosOfThisThread() - cpuBegin) / 1e6;
                time[i] = (System.nanoTime() - begin) / 1e6;
            }
        }
        Arrays.sort(cpu);
        Arrays.sort(allocated);
        Arrays.sort(time);
        boolean isOurs = !what.contains("floor");
        String row = "picture of 2 MiB, " + what + ", ";
        double middle = cpu[rounds / 2];
        figures.add(
                isOurs
                        ? Figure.atMost("P7", row + "caller's processor time, p50", middle, "ms", 6)
                        : Figure.told("P7", row + "caller's processor time, p50", middle, "ms"));
        figures.add(
                isOurs
                        ? Figure.atMost("P7", row + "caller's allocation, p50", allocated[rounds / 2], "x picture", 2.5)
                        : Figure.told("P7", row + "caller's allocation, p50", allocated[rounds / 2], "x picture"));
        figures.add(Figure.told("P7", row + "whole call, p50", time[rounds / 2], "ms"));
    }

    private static ImageBytes draw(ImageModelAdapter adapter, OpenRun run) throws InterruptedException {
        return adapter.generate(ImageRequest.builder(PROMPT).build(), run.context())
                .images()
                .get(0);
    }

    private static ImageBytes floor(HttpClient client, URI server, String field) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server)
                .version(HttpClient.Version.HTTP_1_1)
                .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":\"" + PROMPT + "\"}"))
                .build();
        HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream bytes = answer.body();
                JsonParser parser = new JsonFactory().createParser(bytes)) {
            byte[] picture = null;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME && field.equals(parser.currentName())) {
                    JsonToken value = parser.nextToken();
                    picture = value == JsonToken.VALUE_STRING ? parser.getBinaryValue() : picture;
                }
            }
            if (picture == null) {
                throw new IOException("an answer without a picture");
            }
            return ImageBytes.wrap(picture);
        }
    }

    private static ImageBytes noise() {
        BufferedImage image = new BufferedImage(SIDE_PX, SIDE_PX, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(7);
        for (int y = 0; y < SIDE_PX; y++) {
            for (int x = 0; x < SIDE_PX; x++) {
                image.setRGB(x, y, random.nextInt(1 << 24));
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ImageBytes.wrap(png.toByteArray());
    }
}
