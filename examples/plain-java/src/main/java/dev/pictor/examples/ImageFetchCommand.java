package dev.pictor.examples;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.fetch.ImageFetcher;
import dev.pictor.image.fetch.ImageFetcherBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code image fetch URL}: fetches a picture, from public addresses unless told otherwise. */
@Command(
        name = "fetch",
        mixinStandardHelpOptions = true,
        description = "Fetches a picture from a URL; from public addresses and ports 80 and 443 unless told otherwise.")
final class ImageFetchCommand implements Callable<Integer> {

    private final Output output;

    @Parameters(paramLabel = "URL", description = "http or https.")
    private String url = "";

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file to write.")
    private Path file = Path.of("");

    @Option(
            names = "--allow",
            paramLabel = "NETWORK",
            description = "A network that is not public, such as 10.1.2.3/32. May be repeated.")
    private List<String> networks = new ArrayList<>();

    @Option(names = "--allow-port", paramLabel = "PORT", description = "Another port. May be repeated.")
    private List<Integer> ports = new ArrayList<>();

    ImageFetchCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() throws InterruptedException {
        ImageFetcherBuilder fetcher = ImageFetcher.builder();
        networks.forEach(fetcher::addAllowedNetwork);
        ports.forEach(fetcher::addAllowedPort);
        ImageBytes image = fetcher.build().fetch(URI.create(url));
        image.writeTo(file);
        output.line("fetched %s, %s", file, image);
        return 0;
    }
}
