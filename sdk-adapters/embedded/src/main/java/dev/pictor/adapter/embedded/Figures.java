package dev.pictor.adapter.embedded;

import static java.util.Objects.requireNonNull;

import dev.pictor.adapter.embedded.Lexicon.Kind;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.QuadCurve2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Paints single things, people, animals and objects, after {@code figures.tsv}. Not thread-safe. */
final class Figures {

    private static final List<String[]> PARTS = Lexicon.rows("figures.tsv");
    private static final Pattern TONE = Pattern.compile("([a-z]+|#[0-9a-f]{6})(?:~([a-z]+|#[0-9a-f]{6}):([0-9.]+))?"
            + "(?:\\*([0-9.]+))?(?:\\+([0-9.]+))?(?:@([0-9.]+))?");
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
        return reading.names(Kind.SUBJECT).stream()
                .filter(name -> PARTS.stream().anyMatch(part -> part[0].equals(name)))
                .findFirst();
    }

    /** Paints a thing on its foot point, facing one way or the other. */
    void paint(String name, double x, double foot, double size, Reading reading) throws InterruptedException {
        boolean old = reading.has(Kind.SUBJECT, "old");
        Map<String, Color> colours = colours(old);
        double facing = random.nextBoolean() ? size : -size;
        for (String[] part : PARTS) {
            if (part[0].equals(name) || part[0].equals((old ? "old " : "young ") + name)) {
                canvas.checkpoint.pass();
                boolean twice = part[1].startsWith("2 ");
                String shape = twice ? part[1].substring(2) : part[1];
                double[] numbers = Stream.of(part[3].split(" ", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
                paint(shape, part[2], colours, numbers, x, foot, facing);
                if (twice) {
                    paint(shape, part[2], colours, numbers, x, foot, -facing);
                }
            }
        }
    }

    private Map<String, Color> colours(boolean old) {
        Color main = palette.accents().get(0);
        Color second = palette.accents().get(1);
        Color hair = Tint.mix(new Color(0x2A1C14), new Color(0x7A4A24), random.nextDouble());
        Map<String, Color> colours = new HashMap<>();
        colours.put("main", main);
        colours.put("second", palette.named() > 1 ? second : new Color(0xA5472F));
        colours.put("gem", palette.named() > 1 ? second : new Color(0xBFD9EC));
        colours.put("accent", main);
        colours.put("wood", Tint.mix(new Color(0x8A5A36), Tint.scale(main, 0.5), 0.25));
        colours.put("strap", Tint.mix(palette.main(new Color(0x2C3440)), new Color(0x3A2A20), 0.3));
        colours.put("coat", palette.main(Tint.mix(new Color(0x33475E), palette.deep(), 0.3)));
        colours.put("skin", Tint.mix(new Color(0xDCA881), new Color(0x8A5A3C), random.nextDouble() * 0.6));
        colours.put("hair", old ? new Color(0xE6E0D6) : hair);
        colours.put("light", Tint.mix(palette.sun(), Color.WHITE, 0.2));
        colours.put("pane", palette.dark() ? new Color(0xFFD98A) : Tint.mix(palette.skyTop(), palette.deep(), 0.3));
        return colours;
    }

    private void paint(
            String shape, String tone, Map<String, Color> colours, double[] n, double x, double foot, double facing) {
        double size = Math.abs(facing);
        String[] tones = tone.split("[>/]", -1);
        Color first = tone(tones[0], colours);
        switch (shape) {
            case "main" -> colours.put("main", palette.main(first));
            case "lathe" -> lathe(x, foot + n[0] * size, n[1] * size, first, n);
            case "hair" -> hairs(x + n[0] * facing, foot + n[1] * size, n[2] * size, n[3] * size, first);
            case "glow" ->
                canvas.glow(x + n[0] * facing, foot + n[1] * size, n[2] * size, first, first.getAlpha() / 255.0);
            default -> {
                boolean drawn = List.of("line", "curve", "ring").contains(shape);
                double[] points = Arrays.copyOfRange(n, drawn ? 1 : 0, n.length);
                boolean round = shape.equals("oval") || shape.equals("ring");
                for (int i = 0; i < points.length; i++) {
                    double from = round && i > 1 ? 0 : i % 2 == 0 ? x : foot;
                    points[i] = from + points[i] * (i % 2 == 0 && !(round && i > 1) ? facing : size);
                }
                Shape outline = shape(shape, points);
                Rectangle2D box = outline.getBounds2D();
                Color last = tone(tones[tones.length - 1], colours);
                canvas.graphics.setPaint(
                        tone.contains("/")
                                ? Canvas.down(box.getMinY(), first, box.getMaxY(), last)
                                : Canvas.across(box.getMinX(), first, box.getMaxX() + 0.01, last));
                if (drawn) {
                    canvas.graphics.setStroke(
                            new BasicStroke((float) (n[0] * size), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
                    canvas.graphics.draw(outline);
                } else {
                    canvas.graphics.fill(outline);
                }
            }
        }
    }

    private static Shape shape(String name, double[] p) {
        return switch (name) {
            case "blob" -> Canvas.blob(p);
            case "polygon" -> Canvas.polygon(p);
            case "line" -> new Line2D.Double(p[0], p[1], p[2], p[3]);
            case "curve" -> new QuadCurve2D.Double(p[0], p[1], p[2], p[3], p[4], p[5]);
            case "oval", "ring" -> new Ellipse2D.Double(p[0] - p[2], p[1] - p[3], 2 * p[2], 2 * p[3]);
            default -> throw new IllegalStateException("figures.tsv has the unknown shape " + name);
        };
    }

    private static Color tone(String text, Map<String, Color> colours) {
        Matcher tone = TONE.matcher(text);
        if (!tone.matches()) {
            throw new IllegalStateException("figures.tsv has the unreadable tone " + text);
        }
        Color colour = colour(tone.group(1), colours);
        if (tone.group(2) != null) {
            colour = Tint.mix(colour, colour(tone.group(2), colours), Double.parseDouble(tone.group(3)));
        }
        if (tone.group(4) != null) {
            colour = Tint.scale(colour, Double.parseDouble(tone.group(4)));
        }
        if (tone.group(5) != null) {
            colour = Tint.mix(colour, Color.WHITE, Double.parseDouble(tone.group(5)));
        }
        return tone.group(6) == null ? colour : Tint.fade(colour, Double.parseDouble(tone.group(6)));
    }

    private static Color colour(String name, Map<String, Color> colours) {
        return name.startsWith("#") ? Color.decode(name) : requireNonNull(colours.get(name), name);
    }

    /** Paints single hairs in an ellipse, lighter to the left. */
    private void hairs(double x, double y, double rx, double ry, Color colour) {
        canvas.graphics.setStroke(new BasicStroke((float) (rx * 0.022)));
        for (int i = 0; i < 700; i++) {
            double angle = random.nextDouble() * Math.PI * 2;
            double far = Math.sqrt(random.nextDouble());
            double hx = x + Math.cos(angle) * far * rx;
            double hy = y + Math.sin(angle) * far * ry;
            double light = 0.84 - 0.32 * (hx - x) / rx + 0.26 * (random.nextDouble() - 0.5);
            canvas.graphics.setPaint(Tint.fade(Tint.scale(colour, Math.min(1.1, light)), 0.6));
            canvas.graphics.draw(new Line2D.Double(hx, hy, hx + (hx - x) * 0.15, hy + ry * 0.25));
        }
    }

    /** Turns a profile round its axis and lights it from the upper left; the profile begins at the fifth number. */
    private void lathe(double x, double top, double tall, Color colour, double[] n) {
        double u = canvas.unit;
        double[] profile = Arrays.copyOfRange(n, 4, n.length);
        double widest = 0;
        for (int i = 1; i < profile.length; i += 2) {
            widest = Math.max(widest, profile[i] * tall);
        }
        int from = Math.max(0, (int) (top * u));
        int to = Math.min(canvas.size.height(), (int) ((top + tall + n[3] * widest) * u) + 1);
        int left = Math.max(0, (int) ((x - widest) * u) - 1);
        int right = Math.min(canvas.size.width(), (int) ((x + widest) * u) + 2);
        for (int py = from; py < to; py++) {
            for (int px = left; px < right; px++) {
                double dx = px / u - x;
                double sag = n[3] * Math.sqrt(Math.max(0, 1 - dx * dx / (widest * widest))) * widest;
                double t = (py / u - top - sag) / tall;
                double r = radius(profile, t) * tall;
                double cover = Math.min(1, (r - Math.abs(dx)) * u + 0.5);
                if (t < 0 || t > 1 || cover <= 0) {
                    continue;
                }
                double side = Math.max(-1, Math.min(1, dx / r));
                double front = Math.sqrt(1 - side * side);
                double slope = (radius(profile, t + 0.02) - radius(profile, t - 0.02)) / 0.04;
                double diffuse = Math.max(0, 0.55 * front - 0.5 * side + 0.25 * slope);
                double rim = Math.pow(Math.max(0, side), 6) * 0.25;
                double shine = n[2] * Math.exp(-Math.pow((side + 0.5) / 0.13, 2)) * (0.6 + 0.4 * Math.sin(t * 3.1));
                int lit = Tint.mix(Tint.scale(colour.getRGB(), 0.42 + 0.68 * diffuse + rim), 0xFFFFFF, shine);
                int at = py * canvas.size.width() + px;
                canvas.px[at] = Tint.mix(canvas.px[at], lit, cover);
            }
        }
    }

    /** Returns the half width at a depth, rounded between the points of the profile. */
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
}
