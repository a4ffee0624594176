package dev.pictor.image;

import java.util.ArrayList;
import java.util.List;

/** Collects what was put up with: each thing once, and no more than {@value #MOST} in all. */
final class Warnings {

    /** Broken files can give one for every few bytes. */
    static final int MOST = 16;

    private final List<ImageWarning> all = new ArrayList<>();

    void add(ImageWarning warning) {
        if (all.size() < MOST && !all.contains(warning)) {
            all.add(warning);
        }
    }

    List<ImageWarning> all() {
        return List.copyOf(all);
    }
}
