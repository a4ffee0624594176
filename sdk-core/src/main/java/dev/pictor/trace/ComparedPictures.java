package dev.pictor.trace;

import java.util.ArrayList;
import java.util.List;

/** What two runs made in the same place: equal pictures are named, others put on top of each other. Not thread-safe. */
final class ComparedPictures {

    private final List<ArtifactComparison> pairs = new ArrayList<>();
    private final ReportPictures pictures;
    private final HtmlWriter html;

    ComparedPictures(RunComparison comparison, ReportPictures pictures, HtmlWriter html) {
        this.pictures = pictures;
        this.html = html;
        comparison.artifacts().stream()
                .filter(pair -> pair.a().isPresent() && pair.b().isPresent())
                .filter(pair -> pair.isSameContent() || isShown(pair))
                .forEach(pairs::add);
    }

    private boolean isShown(ArtifactComparison pair) {
        return pictures.shows(hash(pair.a().orElseThrow()))
                && pictures.shows(hash(pair.b().orElseThrow()));
    }

    private static String hash(ArtifactRecord record) {
        return record.artifact().sha256().hex();
    }

    int count() {
        return pairs.size();
    }

    void write() {
        List<ArtifactComparison> others =
                pairs.stream().filter(pair -> !pair.isSameContent()).toList();
        long same = pairs.size() - (long) others.size();
        if (same > 0) {
            html.leaf(
                    "p",
                    ReportFormat.counted(same, "picture") + " of both runs are the same to the byte.",
                    "class",
                    "note");
        }
        if (others.isEmpty()) {
            return;
        }
        html.open("div", "class", "pairs");
        for (ArtifactComparison pair : others) {
            ArtifactRecord a = pair.a().orElseThrow();
            pictures.pair(html, "A", hash(a), "B", hash(pair.b().orElseThrow()), () -> {
                ReportFormat.tag(html, a.role(), a.role().equals("output") ? "ok" : "plain");
                html.text(a.stage());
            });
        }
        html.close();
    }
}
