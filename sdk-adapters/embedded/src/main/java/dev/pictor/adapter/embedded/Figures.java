package dev.pictor.adapter.embedded;

import dev.pictor.adapter.embedded.Lexicon.Kind;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Paints single things: people, animals and objects. Each stands on a line and has a height. Not thread-safe. */
final class Figures {

    private static final List<String> KNOWN = List.of(
            "mug", "bottle", "lamp", "chair", "shoe", "ring", "watch", "cat", "dog", "bird", "person", "house", "box");

    private final Canvas canvas;
    private final Palette palette;
    private final Random random;

    Figures(Canvas canvas, Palette palette, Random random) {
        this.canvas = canvas;
        this.palette = palette;
        this.random = random;
    }

    /** Returns the first thing that a text names and that can be painted. */
    static Optional<String> namedIn(Reading reading) {
        return reading.names(Kind.SUBJECT).stream().filter(KNOWN::contains).findFirst();
    }

    /** Paints a thing on its foot point. */
    void paint(String name, double x, double foot, double size, Reading reading) throws InterruptedException {
        canvas.checkpoint.pass();
        Color colour = palette.main(usual(name));
        switch (name) {
            case "mug" -> mug(x, foot, size, colour);
            case "bottle" -> bottle(x, foot, size, colour);
            case "lamp" -> lamp(x, foot, size, colour);
            case "chair" -> chair(x, foot, size, colour);
            case "shoe" -> shoe(x, foot, size, colour);
            case "ring" -> ring(x, foot, size, colour);
            case "watch" -> watch(x, foot, size, colour);
            case "cat" -> cat(x, foot, size, colour);
            case "dog" -> dog(x, foot, size, colour);
            case "bird" -> bird(x, foot, size, colour);
            case "person" -> person(x, foot, size, reading.has(Kind.SUBJECT, "old"));
            case "house" -> house(x, foot, size, colour);
            default -> box(x, foot, size, colour);
        }
    }

    private Color usual(String name) {
        return switch (name) {
            case "cat" -> new Color(0xC98A4B);
            case "dog" -> new Color(0xA9743F);
            case "bird" -> new Color(0x3F78B5);
            case "house" -> new Color(0xEFE3CD);
            case "ring" -> new Color(0xD9B25A);
            case "mug" -> new Color(0xE9E4DA);
            case "watch" -> new Color(0x2C3440);
            default -> palette.accents().get(0);
        };
    }

    /**
     * Turns a profile round its axis and lights it from the upper left.
     *
     * @param profile pairs of height, 0 at the top to 1 at the foot, and half width as a share of the height
     * @param bulge how far rings sag, as a share of the half width: how steeply the viewer looks down
     */
    private void lathe(double x, double top, double tall, Color colour, double gloss, double bulge, double... profile) {
        double u = canvas.unit;
        int from = Math.max(0, (int) ((top - tall * 0.1) * u));
        int to = Math.min(canvas.size.height(), (int) ((top + tall * 1.2) * u) + 1);
        double widest = 0;
        for (int i = 1; i < profile.length; i += 2) {
            widest = Math.max(widest, profile[i] * tall);
        }
        int left = Math.max(0, (int) ((x - widest) * u) - 1);
        int right = Math.min(canvas.size.width(), (int) ((x + widest) * u) + 2);
        for (int py = from; py < to; py++) {
            for (int px = left; px < right; px++) {
                double dx = px / u - x;
                double sag = bulge * Math.sqrt(Math.max(0, 1 - dx * dx / (widest * widest))) * widest;
                double t = (py / u - top - sag) / tall;
                double r = radius(profile, t) * tall;
                double cover = Math.min(1, (r - Math.abs(dx)) * u + 0.5);
                if (t < 0 || t > 1 || cover <= 0) {
                    continue;
                }
                double n = Math.max(-1, Math.min(1, dx / r));
                double front = Math.sqrt(1 - n * n);
                double slope = (radius(profile, t + 0.02) - radius(profile, t - 0.02)) / 0.04;
                double diffuse = Math.max(0, 0.55 * front - 0.5 * n + 0.25 * slope);
                double rim = Math.pow(Math.max(0, n), 6) * 0.25;
                int lit = Tint.scale(colour.getRGB(), 0.42 + 0.68 * diffuse + rim);
                double shine = gloss * Math.exp(-Math.pow((n + 0.5) / 0.13, 2)) * (0.6 + 0.4 * Math.sin(t * 3.1));
                int at = py * canvas.size.width() + px;
                canvas.px[at] = Tint.mix(canvas.px[at], Tint.mix(lit, 0xFFFFFF, shine), cover);
            }
        }
    }

    private static double radius(double[] profile, double t) {
        if (t <= profile[0]) {
            return profile[1];
        }
        for (int i = 2; i < profile.length; i += 2) {
            if (t <= profile[i]) {
                double s = (t - profile[i - 2]) / (profile[i] - profile[i - 2]);
                s = s * s * (3 - 2 * s);
                return profile[i - 1] * (1 - s) + profile[i + 1] * s;
            }
        }
        return profile[profile.length - 1];
    }

    private void stroke(Shape shape, double width, Color colour) {
        canvas.graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        canvas.graphics.setPaint(colour);
        canvas.graphics.draw(shape);
    }

    private void mug(double x, double foot, double s, Color colour) {
        double tall = s * 0.82;
        double top = foot - tall * 1.06;
        double r = tall * 0.42;
        double side = random.nextBoolean() ? 1 : -1;
        Shape handle =
                new Ellipse2D.Double(x + side * r * 1.05 - tall * 0.22, top + tall * 0.24, tall * 0.44, tall * 0.52);
        stroke(handle, tall * 0.105, Tint.scale(colour, 0.62));
        stroke(handle, tall * 0.07, Tint.scale(colour, 0.84));
        stroke(
                new Ellipse2D.Double(x + side * r * 1.05 - tall * 0.225, top + tall * 0.235, tall * 0.44, tall * 0.52),
                tall * 0.018,
                Tint.mix(colour, Color.WHITE, 0.6));
        lathe(x, top, tall, colour, 0.55, 0.17, 0, 0.42, 0.8, 0.415, 0.93, 0.39, 1, 0.34);
        canvas.dot(x, top, r, r * 0.17, Tint.mix(colour, Color.WHITE, 0.35));
        canvas.dot(
                x,
                top + r * 0.015,
                r * 0.93,
                r * 0.145,
                Canvas.across(x - r, Tint.scale(colour, 0.42), x + r, Tint.scale(colour, 0.85)));
        canvas.dot(
                x,
                top + r * 0.06,
                r * 0.84,
                r * 0.1,
                Canvas.across(x - r, new Color(0x2A1710), x + r, new Color(0x5B3520)));
    }

    private void bottle(double x, double foot, double s, Color colour) {
        lathe(
                x,
                foot - s * 1.02,
                s,
                colour,
                0.75,
                0.12,
                0,
                0.055,
                0.2,
                0.055,
                0.24,
                0.07,
                0.4,
                0.17,
                0.48,
                0.18,
                0.96,
                0.18,
                1,
                0.165);
        lathe(
                x,
                foot - s * 1.04,
                s * 0.17,
                Tint.mix(colour, new Color(0x222226), 0.75),
                0.5,
                0.12,
                0,
                0.38,
                0.9,
                0.38,
                1,
                0.37);
        canvas.dot(x, foot - s * 1.035, s * 0.064, s * 0.012, new Color(0x4A4A50));
        double top = foot - s * 0.48;
        lathe(x, top, s * 0.3, new Color(0xF5F0E6), 0.25, 0.12, 0, 0.603, 1, 0.603);
        canvas.rect(x - s * 0.09, top + s * 0.1, s * 0.18, s * 0.026, Tint.fade(Tint.scale(colour, 0.5), 0.8));
        canvas.rect(x - s * 0.06, top + s * 0.16, s * 0.12, s * 0.012, Tint.fade(Tint.scale(colour, 0.5), 0.6));
        canvas.rect(x - s * 0.06, top + s * 0.19, s * 0.12, s * 0.012, Tint.fade(Tint.scale(colour, 0.5), 0.6));
    }

    private void lamp(double x, double foot, double s, Color colour) {
        lathe(x, foot - s * 0.08, s * 0.06, Tint.scale(colour, 0.6), 0.5, 0.16, 0, 2.6, 0.6, 3.2, 1, 3.2);
        lathe(
                x,
                foot - s * 0.6,
                s * 0.57,
                Tint.scale(colour, 0.7),
                0.7,
                0.1,
                0,
                0.025,
                0.35,
                0.03,
                0.6,
                0.13,
                0.8,
                0.15,
                1,
                0.07);
        canvas.glow(x, foot - s * 0.62, s * 0.62, new Color(0xFFE2A0), 0.55);
        lathe(x, foot - s, s * 0.42, Tint.mix(colour, new Color(0xFFE9BE), 0.72), 0.1, 0.08, 0, 0.36, 1, 0.66);
        canvas.dot(x, foot - s, s * 0.151, s * 0.018, new Color(0xFFF6DC));
    }

    private void chair(double x, double foot, double s, Color colour) {
        Color wood = Tint.mix(new Color(0x8A5A36), Tint.scale(colour, 0.5), 0.25);
        double[][] legs = {{-0.22, 0.9}, {0.24, 0.9}, {-0.3, 1}, {0.32, 1}};
        for (double[] leg : legs) {
            double lx = x + s * leg[0];
            double end = foot - s * (1 - leg[1]);
            canvas.fill(
                    Canvas.polygon(
                            lx - s * 0.024,
                            foot - s * 0.42,
                            lx + s * 0.024,
                            foot - s * 0.42,
                            lx + s * leg[0] * 0.1 + s * 0.013,
                            end,
                            lx + s * leg[0] * 0.1 - s * 0.013,
                            end),
                    Canvas.across(lx - s * 0.03, Tint.scale(wood, 1.2), lx + s * 0.03, Tint.scale(wood, 0.65)));
        }
        Path2D back = Canvas.blob(
                x - s * 0.3,
                foot - s * 1.02,
                x + s * 0.02,
                foot - s * 1.08,
                x + s * 0.34,
                foot - s * 1.02,
                x + s * 0.33,
                foot - s * 0.62,
                x + s * 0.29,
                foot - s * 0.38,
                x - s * 0.25,
                foot - s * 0.38,
                x - s * 0.29,
                foot - s * 0.62);
        canvas.fill(back, Canvas.across(x - s * 0.3, Tint.scale(colour, 1.15), x + s * 0.34, Tint.scale(colour, 0.55)));
        Path2D inner = Canvas.blob(
                x - s * 0.23,
                foot - s * 0.97,
                x + s * 0.02,
                foot - s * 1.02,
                x + s * 0.28,
                foot - s * 0.97,
                x + s * 0.27,
                foot - s * 0.64,
                x + s * 0.24,
                foot - s * 0.44,
                x - s * 0.2,
                foot - s * 0.44,
                x - s * 0.23,
                foot - s * 0.64);
        canvas.fill(
                inner,
                Canvas.down(foot - s, Tint.mix(colour, Color.WHITE, 0.16), foot - s * 0.4, Tint.scale(colour, 0.7)));
        Path2D under = Canvas.blob(
                x - s * 0.36,
                foot - s * 0.42,
                x + s * 0.36,
                foot - s * 0.42,
                x + s * 0.42,
                foot - s * 0.32,
                x + s * 0.3,
                foot - s * 0.28,
                x - s * 0.3,
                foot - s * 0.28,
                x - s * 0.4,
                foot - s * 0.32);
        canvas.fill(under, Tint.scale(colour, 0.5));
        Path2D seat = Canvas.blob(
                x - s * 0.3,
                foot - s * 0.5,
                x + s * 0.32,
                foot - s * 0.5,
                x + s * 0.44,
                foot - s * 0.36,
                x + s * 0.3,
                foot - s * 0.31,
                x - s * 0.3,
                foot - s * 0.31,
                x - s * 0.42,
                foot - s * 0.36);
        canvas.fill(
                seat,
                Canvas.across(x - s * 0.4, Tint.mix(colour, Color.WHITE, 0.3), x + s * 0.4, Tint.scale(colour, 0.78)));
    }

    private void shoe(double x, double foot, double s, Color colour) {
        Path2D sole = Canvas.blob(
                x - s * 0.56,
                foot - s * 0.13,
                x + s * 0.3,
                foot - s * 0.1,
                x + s * 0.66,
                foot - s * 0.12,
                x + s * 0.6,
                foot,
                x - s * 0.1,
                foot + s * 0.005,
                x - s * 0.56,
                foot);
        Path2D upper = Canvas.blob(
                x - s * 0.54,
                foot - s * 0.1,
                x - s * 0.56,
                foot - s * 0.32,
                x - s * 0.5,
                foot - s * 0.5,
                x - s * 0.36,
                foot - s * 0.5,
                x - s * 0.2,
                foot - s * 0.42,
                x - s * 0.02,
                foot - s * 0.46,
                x + s * 0.16,
                foot - s * 0.34,
                x + s * 0.42,
                foot - s * 0.26,
                x + s * 0.64,
                foot - s * 0.2,
                x + s * 0.62,
                foot - s * 0.08);
        canvas.fill(
                upper, Canvas.down(foot - s * 0.5, Tint.mix(colour, Color.WHITE, 0.25), foot, Tint.scale(colour, 0.5)));
        canvas.fill(
                Canvas.blob(
                        x + s * 0.34,
                        foot - s * 0.26,
                        x + s * 0.6,
                        foot - s * 0.2,
                        x + s * 0.63,
                        foot - s * 0.08,
                        x + s * 0.36,
                        foot - s * 0.1),
                Tint.fade(Color.WHITE, 0.3));
        canvas.fill(
                Canvas.blob(
                        x - s * 0.3,
                        foot - s * 0.12,
                        x - s * 0.1,
                        foot - s * 0.12,
                        x + s * 0.16,
                        foot - s * 0.3,
                        x + s * 0.08,
                        foot - s * 0.32),
                Tint.fade(Color.WHITE, 0.85));
        canvas.dot(x - s * 0.36, foot - s * 0.465, s * 0.13, s * 0.03, Tint.scale(colour, 0.3));
        canvas.fill(sole, Canvas.down(foot - s * 0.12, new Color(0xFBFAF7), foot, new Color(0xC9C6C0)));
        for (int i = 0; i < 4; i++) {
            double lx = x - s * 0.1 + i * s * 0.075;
            double ly = foot - s * 0.42 + i * s * 0.035;
            stroke(new Line2D.Double(lx, ly, lx + s * 0.07, ly + s * 0.05), s * 0.022, new Color(0xFDFDFB));
        }
    }

    private void ring(double x, double foot, double s, Color colour) {
        double r = s * 0.34;
        double cy = foot - r * 1.08;
        for (int i = 0; i < 14; i++) {
            double t = i / 13.0;
            Color tone = Tint.mix(Tint.scale(colour, 0.35 + 0.75 * t), Color.WHITE, t > 0.75 ? (t - 0.75) * 2.4 : 0);
            double off = r * 0.05 * t;
            stroke(new Ellipse2D.Double(x - r - off, cy - r - off, 2 * r, 2 * r), r * 0.2 * (1 - t * 0.9), tone);
        }
        double gy = cy - r * 1.12;
        double g = r * 0.42;
        Color gem = palette.named() > 1 ? palette.accents().get(1) : new Color(0xCFE6F5);
        double[] xs = {-1, -0.5, 0, 0.5, 1};
        for (int i = 0; i < 4; i++) {
            Color facet = Tint.mix(gem, i % 2 == 0 ? Color.WHITE : new Color(0x5B7C99), 0.35 + 0.1 * i);
            canvas.fill(
                    Canvas.polygon(x + g * xs[i], gy - g * 0.1, x + g * xs[i + 1], gy - g * 0.1, x, gy + g * 0.9),
                    facet);
            canvas.fill(
                    Canvas.polygon(
                            x + g * xs[i],
                            gy - g * 0.1,
                            x + g * xs[i + 1],
                            gy - g * 0.1,
                            x + g * xs[i + 1] * 0.6,
                            gy - g * 0.5,
                            x + g * xs[i] * 0.6,
                            gy - g * 0.5),
                    Tint.mix(facet, Color.WHITE, 0.45));
        }
        canvas.glow(x - g * 0.4, gy - g * 0.3, g * 0.8, Color.WHITE, 0.9);
    }

    private void watch(double x, double foot, double s, Color colour) {
        double r = s * 0.27;
        double cy = foot - s * 0.52;
        Color strap = Tint.mix(colour, new Color(0x3A2A20), 0.3);
        canvas.fill(
                Canvas.polygon(
                        x - r * 0.66,
                        cy,
                        x + r * 0.66,
                        cy,
                        x + r * 0.48,
                        foot - s * 1.04,
                        x - r * 0.48,
                        foot - s * 1.04),
                Canvas.across(x - r * 0.6, Tint.scale(strap, 1.35), x + r * 0.6, Tint.scale(strap, 0.6)));
        canvas.fill(
                Canvas.polygon(x - r * 0.66, cy, x + r * 0.66, cy, x + r * 0.5, foot, x - r * 0.5, foot),
                Canvas.across(x - r * 0.6, Tint.scale(strap, 1.35), x + r * 0.6, Tint.scale(strap, 0.6)));
        canvas.fill(
                new RoundRectangle2D.Double(x + r * 0.95, cy - r * 0.12, r * 0.22, r * 0.24, 6, 6),
                new Color(0x9A9DA3));
        canvas.dot(x, cy, r * 1.06, r * 1.06, Canvas.down(cy - r, new Color(0xF4F5F7), cy + r, new Color(0x70747C)));
        canvas.dot(x, cy, r * 0.93, r * 0.93, Canvas.down(cy - r, new Color(0x7D828B), cy + r, new Color(0xE8EAEE)));
        canvas.dot(x, cy, r * 0.86, r * 0.86, Canvas.down(cy - r, new Color(0xFBFAF6), cy + r, new Color(0xDEDBD2)));
        for (int i = 0; i < 12; i++) {
            double a = i * Math.PI / 6;
            double in = i % 3 == 0 ? 0.64 : 0.7;
            stroke(
                    new Line2D.Double(
                            x + Math.cos(a) * r * in,
                            cy + Math.sin(a) * r * in,
                            x + Math.cos(a) * r * 0.77,
                            cy + Math.sin(a) * r * 0.77),
                    r * (i % 3 == 0 ? 0.05 : 0.025),
                    new Color(0x2B2E35));
        }
        stroke(new Line2D.Double(x, cy, x - r * 0.36, cy - r * 0.26), r * 0.055, new Color(0x22252B));
        stroke(new Line2D.Double(x, cy, x + r * 0.3, cy - r * 0.52), r * 0.04, new Color(0x22252B));
        stroke(
                new Line2D.Double(x, cy, x + r * 0.1, cy + r * 0.6),
                r * 0.015,
                palette.accents().get(0));
        canvas.dot(x, cy, r * 0.05, r * 0.05, new Color(0x22252B));
        canvas.fill(
                Canvas.blob(
                        x - r * 0.7,
                        cy - r * 0.1,
                        x - r * 0.4,
                        cy - r * 0.75,
                        x + r * 0.2,
                        cy - r * 0.8,
                        x - r * 0.3,
                        cy - r * 0.2),
                Tint.fade(Color.WHITE, 0.3));
    }

    private void box(double x, double foot, double s, Color colour) {
        double a = s * 0.46;
        double top = foot - s * 0.72;
        canvas.fill(
                Canvas.polygon(x - a, top, x, top + s * 0.16, x, foot, x - a, foot - s * 0.17),
                Canvas.across(x - a, Tint.mix(colour, Color.WHITE, 0.25), x, colour));
        canvas.fill(
                Canvas.polygon(x + a, top, x, top + s * 0.16, x, foot, x + a, foot - s * 0.17),
                Canvas.across(x, Tint.scale(colour, 0.72), x + a, Tint.scale(colour, 0.5)));
        canvas.fill(
                Canvas.polygon(x - a, top, x, top + s * 0.16, x + a, top, x, top - s * 0.15),
                Canvas.across(x - a, Tint.mix(colour, Color.WHITE, 0.5), x + a, Tint.mix(colour, Color.WHITE, 0.25)));
        canvas.fill(
                Canvas.polygon(
                        x - a * 0.8,
                        top + s * 0.16,
                        x - a * 0.2,
                        top + s * 0.27,
                        x - a * 0.2,
                        top + s * 0.42,
                        x - a * 0.8,
                        top + s * 0.31),
                Tint.fade(Color.WHITE, 0.85));
    }

    private void person(double x, double foot, double s, boolean old) {
        Color skin = Tint.mix(new Color(0xD8A27C), new Color(0x8A5A3C), random.nextDouble() * 0.6);
        Color coat = palette.main(Tint.mix(new Color(0x33475E), palette.deep(), 0.3));
        Color hair =
                old ? new Color(0xE4DED3) : Tint.mix(new Color(0x2A1C14), new Color(0x7A4A24), random.nextDouble());
        double cy = foot - s * 0.66;
        double r = s * 0.19;
        Color light = Tint.mix(palette.sun(), Color.WHITE, 0.2);
        canvas.fill(
                Canvas.blob(
                        x - s * 0.56,
                        foot + s * 0.1,
                        x - s * 0.52,
                        foot - s * 0.22,
                        x - s * 0.3,
                        foot - s * 0.36,
                        x - s * 0.1,
                        foot - s * 0.46,
                        x + s * 0.1,
                        foot - s * 0.46,
                        x + s * 0.3,
                        foot - s * 0.36,
                        x + s * 0.52,
                        foot - s * 0.22,
                        x + s * 0.56,
                        foot + s * 0.1),
                Canvas.across(x - s * 0.5, Tint.mix(coat, light, 0.42), x + s * 0.4, Tint.scale(coat, 0.42)));
        for (int i = 0; i < 7; i++) {
            double t = (i - 3) / 3.0;
            stroke(
                    new Line2D.Double(x + t * s * 0.12, foot - s * 0.4, x + t * s * 0.42, foot + s * 0.02),
                    s * 0.008,
                    Tint.fade(Color.BLACK, 0.16));
        }
        canvas.fill(
                Canvas.polygon(
                        x - r * 0.5, cy, x + r * 0.5, cy, x + r * 0.62, foot - s * 0.38, x - r * 0.62, foot - s * 0.38),
                Canvas.across(x - r * 0.5, Tint.scale(skin, 0.8), x + r * 0.5, Tint.scale(skin, 0.4)));
        if (!old) {
            canvas.dot(x, cy - r * 0.1, r * 1.2, r * 1.36, Tint.scale(hair, 0.75));
        }
        Path2D head = Canvas.blob(
                x - r * 0.95,
                cy - r * 0.6,
                x - r * 0.6,
                cy - r * 1.35,
                x + r * 0.6,
                cy - r * 1.35,
                x + r * 0.95,
                cy - r * 0.6,
                x + r * 0.92,
                cy + r * 0.4,
                x + r * 0.55,
                cy + r * 1.2,
                x,
                cy + r * 1.45,
                x - r * 0.55,
                cy + r * 1.2,
                x - r * 0.92,
                cy + r * 0.4);
        canvas.fill(head, Canvas.across(x - r, Tint.mix(skin, light, 0.45), x + r * 1.05, Tint.scale(skin, 0.36)));
        canvas.graphics.setClip(head);
        for (int side = -1; side <= 1; side += 2) {
            double ex = x + side * r * 0.4;
            canvas.glow(ex, cy - r * 0.2, r * 0.42, Tint.scale(skin, 0.3), 0.75);
            canvas.dot(ex, cy - r * 0.17, r * 0.15, r * 0.075, new Color(0xE9E2D6));
            canvas.dot(ex, cy - r * 0.17, r * 0.075, r * 0.08, new Color(0x2A211C));
            stroke(
                    new Line2D.Double(ex - r * 0.22, cy - r * 0.36, ex + r * 0.22, cy - r * 0.4),
                    r * 0.09,
                    Tint.fade(Tint.scale(hair, 0.8), 0.9));
            canvas.glow(x + side * r * 0.5, cy + r * 0.35, r * 0.4, side < 0 ? light : new Color(0xB5523A), 0.3);
        }
        canvas.fill(
                Canvas.blob(
                        x - r * 0.06,
                        cy - r * 0.2,
                        x + r * 0.1,
                        cy - r * 0.2,
                        x + r * 0.24,
                        cy + r * 0.34,
                        x,
                        cy + r * 0.42,
                        x - r * 0.2,
                        cy + r * 0.34),
                Canvas.across(x - r * 0.16, Tint.mix(skin, light, 0.5), x + r * 0.2, Tint.scale(skin, 0.5)));
        canvas.dot(x, cy + r * 0.72, r * 0.3, r * 0.06, Tint.mix(skin, new Color(0x8A3A34), 0.6));
        if (old) {
            for (int i = 0; i < 4; i++) {
                stroke(
                        new Line2D.Double(
                                x - r * 0.5, cy - r * (0.52 + 0.1 * i), x + r * 0.5, cy - r * (0.55 + 0.1 * i)),
                        r * 0.022,
                        Tint.fade(Tint.scale(skin, 0.4), 0.5));
            }
        }
        canvas.graphics.setClip(null);
        if (old) {
            hairs(x, cy + r * 0.95, r * 0.92, r * 0.95, hair);
            hairs(x, cy + r * 0.55, r * 0.42, r * 0.16, Tint.scale(hair, 1.04));
            canvas.fill(
                    Canvas.blob(
                            x - r * 1.15,
                            cy - r * 0.42,
                            x - r * 1.05,
                            cy - r * 1.4,
                            x,
                            cy - r * 1.85,
                            x + r * 1.05,
                            cy - r * 1.4,
                            x + r * 1.15,
                            cy - r * 0.42,
                            x,
                            cy - r * 0.66),
                    Canvas.across(x - r, Tint.mix(coat, light, 0.4), x + r, Tint.scale(coat, 0.4)));
            canvas.fill(
                    new RoundRectangle2D.Double(x - r * 1.1, cy - r * 0.86, r * 2.2, r * 0.36, r * 0.3, r * 0.3),
                    Canvas.across(x - r, Tint.mix(coat, light, 0.55), x + r, Tint.scale(coat, 0.5)));
        } else {
            canvas.fill(
                    Canvas.blob(
                            x - r * 1.1,
                            cy + r * 0.1,
                            x - r * 1.15,
                            cy - r * 1.1,
                            x,
                            cy - r * 1.8,
                            x + r * 1.15,
                            cy - r * 1.1,
                            x + r * 1.1,
                            cy + r * 0.1,
                            x + r * 0.85,
                            cy - r * 0.7,
                            x - r * 0.2,
                            cy - r * 1.05,
                            x - r * 0.85,
                            cy - r * 0.6),
                    Canvas.across(x - r, Tint.mix(hair, light, 0.35), x + r, Tint.scale(hair, 0.6)));
        }
    }

    /** Paints a beard or a coat of single hairs in an ellipse. */
    private void hairs(double x, double y, double rx, double ry, Color colour) {
        for (int i = 0; i < 260; i++) {
            double angle = random.nextDouble() * Math.PI * 2;
            double far = Math.sqrt(random.nextDouble());
            double hx = x + Math.cos(angle) * far * rx;
            double hy = y + Math.sin(angle) * far * ry;
            double light = 1.02 - 0.42 * (hx - x) / rx + 0.16 * (random.nextDouble() - 0.5);
            stroke(
                    new Line2D.Double(hx, hy, hx + (hx - x) * 0.15, hy + ry * 0.2),
                    rx * 0.05,
                    Tint.fade(Tint.scale(colour, Math.min(1.1, light * 0.86)), 0.8));
        }
    }

    private void cat(double x, double foot, double s, Color colour) {
        stroke(
                curve(x + s * 0.2, foot - s * 0.08, x + s * 0.62, foot, x + s * 0.5, foot - s * 0.5),
                s * 0.07,
                Tint.scale(colour, 0.62));
        body(x, foot, s, colour, 0.3);
        double hy = foot - s * 0.76;
        for (int side = -1; side <= 1; side += 2) {
            canvas.fill(
                    Canvas.polygon(
                            x + side * s * 0.19,
                            hy - s * 0.02,
                            x + side * s * 0.2,
                            hy - s * 0.27,
                            x + side * s * 0.03,
                            hy - s * 0.15),
                    Tint.scale(colour, 0.8));
            canvas.fill(
                    Canvas.polygon(
                            x + side * s * 0.165,
                            hy - s * 0.06,
                            x + side * s * 0.175,
                            hy - s * 0.21,
                            x + side * s * 0.07,
                            hy - s * 0.13),
                    new Color(0xD89A8C));
        }
        canvas.dot(
                x,
                hy,
                s * 0.21,
                s * 0.18,
                Canvas.across(x - s * 0.2, Tint.mix(colour, Color.WHITE, 0.25), x + s * 0.22, Tint.scale(colour, 0.6)));
        face(x, hy, s, new Color(0x9BC25B), 0.035);
        for (int side = -1; side <= 1; side += 2) {
            for (int i = -1; i <= 1; i++) {
                stroke(
                        new Line2D.Double(
                                x + side * s * 0.06, hy + s * 0.08, x + side * s * 0.26, hy + s * (0.07 + 0.04 * i)),
                        s * 0.005,
                        Tint.fade(Color.WHITE, 0.8));
            }
        }
    }

    private void dog(double x, double foot, double s, Color colour) {
        stroke(
                curve(x + s * 0.24, foot - s * 0.1, x + s * 0.5, foot - s * 0.1, x + s * 0.46, foot - s * 0.36),
                s * 0.06,
                Tint.scale(colour, 0.65));
        body(x, foot, s, colour, 0.34);
        double hy = foot - s * 0.76;
        canvas.dot(
                x,
                hy,
                s * 0.2,
                s * 0.2,
                Canvas.across(
                        x - s * 0.2, Tint.mix(colour, Color.WHITE, 0.25), x + s * 0.22, Tint.scale(colour, 0.65)));
        for (int side = -1; side <= 1; side += 2) {
            canvas.fill(
                    Canvas.blob(
                            x + side * s * 0.1,
                            hy - s * 0.19,
                            x + side * s * 0.25,
                            hy - s * 0.14,
                            x + side * s * 0.29,
                            hy + s * 0.12,
                            x + side * s * 0.19,
                            hy + s * 0.1),
                    Tint.scale(colour, 0.55));
        }
        canvas.dot(x, hy + s * 0.09, s * 0.11, s * 0.095, Tint.mix(colour, Color.WHITE, 0.5));
        face(x, hy, s, new Color(0x4A2E1A), 0.03);
        canvas.dot(x, hy + s * 0.05, s * 0.04, s * 0.028, new Color(0x1E1715));
    }

    private void body(double x, double foot, double s, Color colour, double wide) {
        canvas.fill(
                Canvas.blob(
                        x - s * 0.12,
                        foot - s * 0.7,
                        x + s * 0.12,
                        foot - s * 0.7,
                        x + s * wide * 0.9,
                        foot - s * 0.36,
                        x + s * wide,
                        foot + s * 0.02,
                        x - s * wide,
                        foot + s * 0.02,
                        x - s * wide * 0.9,
                        foot - s * 0.36),
                Canvas.across(x - s * wide, Tint.mix(colour, Color.WHITE, 0.2), x + s * wide, Tint.scale(colour, 0.5)));
        canvas.dot(x, foot - s * 0.42, s * 0.1, s * 0.17, Tint.fade(Color.WHITE, 0.35));
        for (int side = -1; side <= 1; side += 2) {
            canvas.fill(
                    new RoundRectangle2D.Double(
                            x + side * s * 0.09 - s * 0.055, foot - s * 0.36, s * 0.11, s * 0.37, s * 0.1, s * 0.1),
                    Tint.scale(colour, side < 0 ? 1.02 : 0.78));
        }
    }

    private void face(double x, double y, double s, Color iris, double eye) {
        for (int side = -1; side <= 1; side += 2) {
            double ex = x + side * s * 0.08;
            canvas.dot(ex, y - s * 0.02, s * eye, s * eye, iris);
            canvas.dot(ex, y - s * 0.02, s * eye * 0.45, s * eye * 0.85, new Color(0x141012));
            canvas.dot(ex - s * 0.01, y - s * 0.032, s * 0.008, s * 0.008, Color.WHITE);
        }
        canvas.dot(x, y + s * 0.05, s * 0.022, s * 0.015, new Color(0xB86A66));
        stroke(new Line2D.Double(x, y + s * 0.06, x, y + s * 0.09), s * 0.008, new Color(0x3A2522));
    }

    private static Path2D curve(double x0, double y0, double cx, double cy, double x1, double y1) {
        Path2D path = new Path2D.Double();
        path.moveTo(x0, y0);
        path.quadTo(cx, cy, x1, y1);
        return path;
    }

    private void bird(double x, double foot, double s, Color colour) {
        stroke(
                curve(x - s * 0.8, foot + s * 0.04, x, foot - s * 0.04, x + s * 0.8, foot + s * 0.02),
                s * 0.06,
                new Color(0x5B4030));
        AffineTransform keep = canvas.graphics.getTransform();
        canvas.graphics.translate(x, foot - s * 0.38);
        canvas.fill(
                Canvas.polygon(s * 0.18, s * 0.1, s * 0.62, s * 0.3, s * 0.54, s * 0.4, s * 0.1, s * 0.24),
                Tint.scale(colour, 0.5));
        canvas.fill(Canvas.polygon(-s * 0.5, -s * 0.2, -s * 0.3, -s * 0.27, -s * 0.3, -s * 0.14), new Color(0xE2A23B));
        canvas.fill(
                Canvas.blob(
                        -s * 0.4, -s * 0.3, -s * 0.16, -s * 0.4, s * 0.04, -s * 0.14, s * 0.36, s * 0.12, s * 0.12,
                        s * 0.38, -s * 0.22, s * 0.34, -s * 0.36, s * 0.04),
                Canvas.down(
                        -s * 0.4,
                        Tint.mix(colour, Color.WHITE, 0.15),
                        s * 0.4,
                        Tint.mix(new Color(0xEBC9A0), colour, 0.2)));
        canvas.fill(
                Canvas.blob(-s * 0.12, -s * 0.06, s * 0.14, -s * 0.04, s * 0.44, s * 0.26, s * 0.06, s * 0.22),
                Canvas.across(-s * 0.1, Tint.scale(colour, 0.9), s * 0.4, Tint.scale(colour, 0.45)));
        canvas.dot(-s * 0.25, -s * 0.23, s * 0.035, s * 0.035, new Color(0x16120F));
        canvas.dot(-s * 0.262, -s * 0.242, s * 0.011, s * 0.011, Color.WHITE);
        canvas.graphics.setTransform(keep);
    }

    private void house(double x, double foot, double s, Color colour) {
        Color roof = palette.named() > 1 ? palette.accents().get(1) : new Color(0xA5472F);
        canvas.rect(x + s * 0.2, foot - s * 0.86, s * 0.1, s * 0.3, Tint.scale(roof, 0.7));
        canvas.rect(
                x - s * 0.45,
                foot - s * 0.48,
                s * 0.9,
                s * 0.48,
                Canvas.across(x - s * 0.45, colour, x + s * 0.45, Tint.scale(colour, 0.72)));
        canvas.fill(
                Canvas.polygon(
                        x - s * 0.54,
                        foot - s * 0.46,
                        x - s * 0.3,
                        foot - s * 0.82,
                        x + s * 0.3,
                        foot - s * 0.82,
                        x + s * 0.54,
                        foot - s * 0.46),
                Canvas.down(
                        foot - s * 0.82, Tint.mix(roof, Color.WHITE, 0.15), foot - s * 0.46, Tint.scale(roof, 0.75)));
        canvas.fill(
                new RoundRectangle2D.Double(x - s * 0.08, foot - s * 0.3, s * 0.16, s * 0.3, s * 0.04, s * 0.04),
                Tint.scale(roof, 0.55));
        for (int side = -1; side <= 1; side += 2) {
            double wx = x + side * s * 0.27 - s * 0.08;
            canvas.rect(wx - s * 0.015, foot - s * 0.355, s * 0.19, s * 0.2, new Color(0xFBF7EE));
            canvas.rect(
                    wx,
                    foot - s * 0.34,
                    s * 0.16,
                    s * 0.17,
                    palette.dark() ? new Color(0xFFD98A) : Tint.mix(palette.skyTop(), palette.deep(), 0.3));
            canvas.rect(wx + s * 0.073, foot - s * 0.34, s * 0.014, s * 0.17, new Color(0xFBF7EE));
        }
    }
}
