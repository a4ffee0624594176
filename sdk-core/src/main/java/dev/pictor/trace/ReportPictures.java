package dev.pictor.trace;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.ImageRejectedException;
import dev.pictor.image.PixelSize;
import dev.pictor.image.Sha256;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The strip of pictures: each once, with its bytes in the page. Whoever shows a picture elsewhere refers to the one in
 * the strip. Not thread-safe.
 */
final class ReportPictures {

    private final Map<String, Card> cards = new LinkedHashMap<>();
    private final ArtifactStore store;
    private final Function<ImageBytes, Optional<String>> beside;
    private long bytesLeft = RunReport.MAX_PICTURE_BYTES;

    /** A picture or document, whatever it was used for. */
    private record Card(int number, ArtifactRef artifact, Set<Use> uses, Content content) {}

    private record Use(String role, String stage) {
        @Override
        public String toString() {
            return stage.isEmpty() ? role : role + " of " + stage;
        }
    }

    /** The picture, or why it is not in the page and, if it lies beside the page, the link to it. */
    private record Content(Optional<ImageBytes> image, String absence, Optional<String> beside) {
        static Content absent(String why) {
            return new Content(Optional.empty(), why, Optional.empty());
        }
    }

    /**
     * @param beside takes what the page has no room for and returns the link to it, or empty where there is no place
     *     beside the page
     */
    ReportPictures(
            Iterable<ArtifactRecord> records, ArtifactStore store, Function<ImageBytes, Optional<String>> beside) {
        this.store = store;
        this.beside = beside;
        for (ArtifactRecord record : records) {
            ArtifactRef artifact = record.artifact();
            cards.computeIfAbsent(
                            artifact.sha256().hex(),
                            hex -> new Card(cards.size() + 1, artifact, new LinkedHashSet<>(), content(artifact)))
                    .uses
                    .add(new Use(record.role(), record.stage()));
        }
    }

    int count() {
        return cards.size();
    }

    long inlined() {
        return cards.values().stream()
                .filter(card -> card.content.image.isPresent())
                .count();
    }

    private Content content(ArtifactRef artifact) {
        if (!artifact.mediaType().startsWith("image/")) {
            return Content.absent("A document, not shown here");
        }
        return store.get(artifact.sha256())
                .map(bytes -> read(artifact.sha256(), bytes))
                .orElseGet(() -> Content.absent("Missing from the artifact store"));
    }

    /** The bytes tell what they are; the record's word for it never becomes part of a link. */
    private Content read(Sha256 sha256, ByteBuffer bytes) {
        byte[] array = new byte[bytes.remaining()];
        bytes.get(array);
        try {
            ImageBytes image = ImageBytes.wrap(array);
            if (!image.sha256().equals(sha256)) {
                return Content.absent("Damaged: the stored bytes have another hash");
            }
            if (array.length <= bytesLeft) {
                bytesLeft -= array.length;
                return new Content(Optional.of(image), "", Optional.empty());
            }
            String limit = ReportFormat.bytes(RunReport.MAX_PICTURE_BYTES);
            return new Content(
                    Optional.empty(),
                    "Left out: a report holds at most " + limit + " of pictures",
                    beside.apply(image));
        } catch (ImageRejectedException e) {
            return Content.absent("Not shown: " + e.getMessage());
        }
    }

    void write(HtmlWriter html) {
        html.open("div", "class", "strip");
        cards.values().forEach(card -> write(html, card));
        html.close();
    }

    private static void write(HtmlWriter html, Card card) {
        html.open("figure", "id", anchor(card));
        card.content.image.ifPresentOrElse(
                image -> html.open("a", "href", "#" + anchor(card), "class", "picture")
                        .open("svg", "viewBox", viewBox(image.size()), "role", "img", "aria-label", label(card))
                        .open(
                                "image",
                                "id",
                                anchor(card) + "-data",
                                "width",
                                Integer.toString(image.size().width()),
                                "height",
                                Integer.toString(image.size().height()),
                                "href",
                                dataUri(image))
                        .close()
                        .close()
                        .close(),
                () -> {
                    html.open("p", "class", "absent").text(card.content.absence);
                    card.content.beside.ifPresent(
                            link -> html.text(". ").leaf("a", "Open it from beside this page", "href", link));
                    html.close();
                });
        html.open("figcaption").leaf("a", "Close", "href", "#pictures", "class", "close");
        for (Use use : card.uses) {
            html.open("p", "class", "use");
            ReportFormat.tag(html, use.role, use.role.equals("output") ? "ok" : "plain");
            html.text(use.stage).close();
        }
        html.leaf("p", facts(card.artifact)).open("p", "class", "quiet");
        html.leaf(
                "code",
                ReportFormat.prefix(card.artifact.sha256().hex()),
                "title",
                "SHA-256 " + card.artifact.sha256());
        html.text(" " + card.artifact.mediaType()).close().close().close();
    }

    /** Writes a small view of the picture in the strip, or only its name if it is not there. */
    void thumb(HtmlWriter html, String sha256, String role) {
        String name = role + " " + ReportFormat.prefix(sha256);
        Card card = cards.get(sha256);
        if (card == null) {
            html.leaf("p", name + ", which the record does not list", "class", "quiet");
            return;
        }
        html.open("a", "href", "#" + anchor(card), "class", "thumb");
        card.content.image.ifPresent(image -> html.open("svg", "viewBox", viewBox(image.size()), "aria-hidden", "true")
                .open("use", "href", "#" + anchor(card) + "-data")
                .close()
                .close());
        html.leaf("span", name).close();
    }

    /** Returns whether a picture is in the page. */
    boolean shows(String sha256) {
        Card card = cards.get(sha256);
        return card != null && card.content.image.isPresent();
    }

    /** Writes two pictures on top of each other, with a slider between them; without a script they stand side by side. */
    void pair(HtmlWriter html, String name, String one, String otherName, String other, Runnable caption) {
        html.open("figure", "class", "ab").open("div", "class", "sheets");
        sheet(html, "before", name, one);
        sheet(html, "after", otherName, other);
        html.close();
        String label = "From " + name + " to " + otherName;
        html.empty("input", "type", "range", "min", "0", "max", "100", "value", "50", "aria-label", label);
        html.open("figcaption");
        caption.run();
        html.close().close();
    }

    private void sheet(HtmlWriter html, String side, String name, String sha256) {
        Card card = cards.get(sha256);
        if (card != null && card.content.image.isPresent()) {
            PixelSize size = card.content.image.get().size();
            html.open("div", "class", side)
                    .leaf("span", name, "class", "side")
                    .open("svg", "viewBox", viewBox(size), "role", "img", "aria-label", name + ": " + label(card));
            html.open("use", "href", "#" + anchor(card) + "-data")
                    .close()
                    .close()
                    .close();
        }
    }

    private static String anchor(Card card) {
        return "picture-" + card.number;
    }

    private static String label(Card card) {
        return String.join(", ", card.uses.stream().map(Use::toString).toList());
    }

    private static String facts(ArtifactRef artifact) {
        String bytes = ReportFormat.bytes(artifact.byteCount());
        return artifact.size()
                .map(size -> size.width() + " × " + size.height() + ", " + bytes)
                .orElse(bytes);
    }

    private static String viewBox(PixelSize size) {
        return "0 0 " + size.width() + " " + size.height();
    }

    private static String dataUri(ImageBytes image) {
        return "data:" + image.format().mediaType() + ";base64,"
                + Base64.getEncoder().encodeToString(image.toByteArray());
    }
}
