package dev.pictor.image.measure;

import dev.pictor.image.ImageWarning;
import dev.pictor.image.measure.StructureFinding.Kind;
import dev.pictor.image.measure.StructureFinding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Holds measurements against limits. Not thread-safe; used once. */
final class StructureJudge {

    /** Less of one colour than this is no blank picture, be it of one brightness. */
    private static final double BLANK_SHARE = 0.9;

    /** More transparent than this, the shape is what is to be seen. */
    private static final double CUT_OUT_SHARE = 0.01;

    private final StructureLimits limits;
    private final List<StructureFinding> findings = new ArrayList<>();

    StructureJudge(StructureLimits limits) {
        this.limits = limits;
    }

    List<StructureFinding> judge(PictureStructure structure, List<ImageWarning> warnings) {
        if (isBlank(structure)) {
            String what =
                    structure.visibleBox().isEmpty() ? "nothing in the picture is visible" : "the picture is blank";
            add(
                    Kind.BLANK,
                    structure.lumaRange(),
                    limits.blankLumaRange(),
                    what + ": luma ranges over %s levels, %s are blank");
        } else {
            judgeContent(structure);
        }
        double transparent = structure.transparentShare() + structure.translucentShare();
        if (transparent > limits.maxTransparentShare()) {
            add(
                    Kind.TRANSPARENT,
                    transparent,
                    limits.maxTransparentShare(),
                    "a share of %s is transparent, the limit is %s");
        }
        int side = Math.min(structure.size().width(), structure.size().height());
        if (side < limits.minSidePx()) {
            add(Kind.TOO_SMALL, side, limits.minSidePx(), "the shorter side has %s px, the least is %s");
        }
        limits.aspect().ifPresent(wanted -> {
            double factor = structure.aspect() * wanted.height() / wanted.width();
            double distance = Math.max(factor, 1 / factor) - 1;
            if (distance > limits.aspectTolerance()) {
                add(
                        Kind.WRONG_ASPECT,
                        distance,
                        limits.aspectTolerance(),
                        "the picture is " + structure.size() + ", which is %s away from " + wanted
                                + ", the limit is %s");
            }
        });
        judgeWarnings(Kind.TRUNCATED, ImageWarning.Kind.TRUNCATED, warnings);
        judgeWarnings(Kind.DAMAGED, ImageWarning.Kind.DAMAGED, warnings);
        return List.copyOf(findings);
    }

    private boolean isBlank(PictureStructure structure) {
        return structure.visibleBox().isEmpty()
                || (structure.lumaRange() <= limits.blankLumaRange()
                        && structure.uniformShare() >= BLANK_SHARE
                        && structure.transparentShare() + structure.translucentShare() <= CUT_OUT_SHARE);
    }

    private void judgeContent(PictureStructure structure) {
        if (structure.uniformShare() > limits.maxUniformShare()) {
            add(
                    Kind.NEAR_UNIFORM,
                    structure.uniformShare(),
                    limits.maxUniformShare(),
                    "a share of %s has one colour, the limit is %s");
        }
        if (structure.sharpness() < limits.minSharpness()) {
            add(
                    Kind.BLURRED,
                    structure.sharpness(),
                    limits.minSharpness(),
                    "the sharpest part has %s, blurred is below %s");
        } else if (structure.sharpness() < limits.softSharpness()) {
            add(Kind.SOFT, structure.sharpness(), limits.softSharpness(), "the sharpest part has %s, soft is below %s");
        }
        if (structure.noise() > limits.maxNoise()) {
            add(Kind.NOISY, structure.noise(), limits.maxNoise(), "noise deviates by %s levels, the limit is %s");
        }
        if (structure.borderShare() > limits.maxBorderShare()) {
            add(
                    Kind.BORDERED,
                    structure.borderShare(),
                    limits.maxBorderShare(),
                    "borders of one colour take a share of %s, the limit is %s");
        }
    }

    private void judgeWarnings(Kind kind, ImageWarning.Kind warned, List<ImageWarning> warnings) {
        List<ImageWarning> found =
                warnings.stream().filter(warning -> warning.kind() == warned).toList();
        if (!found.isEmpty()) {
            findings.add(
                    StructureFinding.builder(kind, severity(kind), found.get(0).message())
                            .measured(found.size())
                            .build());
        }
    }

    private void add(Kind kind, double measured, double limit, String form) {
        findings.add(StructureFinding.builder(kind, severity(kind), String.format(form, text(measured), text(limit)))
                .measured(measured)
                .limit(limit)
                .build());
    }

    private Severity severity(Kind kind) {
        return limits.refused().contains(kind) ? Severity.REFUSE : Severity.WARN;
    }

    private static String text(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.4g", value);
    }
}
