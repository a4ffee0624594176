package dev.pictor.adapter.imaging;

import dev.pictor.image.BareImage;
import dev.pictor.image.ImageRejectedException;
import java.io.File;
import java.util.Objects;

/** What {@link WebpProcessTest} runs in a JVM of its own: one line a step. */
final class WebpProgram {

    private WebpProgram() {}

    public static void main(String[] arguments) {
        print("codecs: " + ImagingCodecs.all().size());
        WebpCodec codec = new WebpCodec();
        BareImage image = BareImage.of(WebpCodecContractTest.file("lossy"));
        print("decodes: " + codec.decodes(image.header()));
        print("files before: " + files());
        print("available: " + WebpCodec.isAvailable());
        print("files while loaded: " + (files() > 0));
        CollectingSink sink = new CollectingSink();
        try {
            codec.decode(image, sink);
            print("rows: " + sink.rows);
        } catch (ImageRejectedException e) {
            print("rejected: " + e.reason() + " " + e.getMessage());
        }
    }

    private static int files() {
        return Objects.requireNonNull(new File(System.getProperty("java.io.tmpdir")).list()).length;
    }

    @SuppressWarnings("SystemOut")
    private static void print(String line) {
        System.out.println(line);
    }
}
