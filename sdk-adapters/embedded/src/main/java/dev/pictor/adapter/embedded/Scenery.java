package dev.pictor.adapter.embedded;

import dev.pictor.adapter.embedded.Lexicon.Kind;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Random;

/** Paints the places: sky, land, water, plants and streets, from far to near. Not thread-safe. */
final class Scenery {

    private static final List<String> PLACES = List.of(
            "garden", "flowers", "sea", "lake", "mountain", "city", "cyberpunk", "forest", "desert", "snow", "meadow");

    private final Canvas canvas;
    private final Palette palette;
    private final Random random;
    private final Noise noise;
    private final Reading reading;
    private final double w;
    private final double h;

    Scenery(Canvas canvas, Palette palette, Reading reading, Random random) {
        this.canvas = canvas;
        this.palette = palette;
        this.reading = reading;
        this.random = random;
        this.noise = new Noise(random.nextLong());
        this.w = canvas.w;
        this.h = canvas.h;
    }

    /** Returns whether a text names a place. */
    static boolean namedIn(Reading reading) {
        return reading.names(Kind.SUBJECT).stream().anyMatch(PLACES::contains);
    }

    /** Paints the place that the text names first, or a meadow. */
    void paint() throws InterruptedException {
        String place = PLACES.stream().filter(this::shows).findFirst().orElse("meadow");
        boolean water = shows("lake") || shows("sea");
        double horizon = h * (0.44 + 0.08 * random.nextDouble());
        sky(horizon);
        canvas.checkpoint.pass();
        switch (place) {
            case "garden", "flowers" -> garden(horizon, water);
            case "city", "cyberpunk" -> city(h * 0.72, water);
            case "sea" -> sea(horizon);
            case "forest" -> forest(horizon);
            case "desert" -> dunes(horizon);
            default -> country(horizon, water);
        }
        canvas.checkpoint.pass();
        if (shows("snow")) {
            snowfall();
        }
    }

    private boolean shows(String subject) {
        return reading.has(Kind.SUBJECT, subject);
    }

    private void sky(double horizon) throws InterruptedException {
        canvas.rect(0, 0, w, h, Canvas.down(0, palette.skyTop(), horizon * 1.1, palette.skyLow()));
        double x = w * (0.22 + 0.56 * random.nextDouble());
        double y = horizon * (palette.light().equals("day") ? 0.22 : palette.dark() ? 0.3 : 0.74);
        if (palette.dark()) {
            for (int i = 0; i < 260; i++) {
                double r = 0.5 + 1.6 * Math.pow(random.nextDouble(), 4);
                Color star = Tint.fade(Color.WHITE, 0.3 + 0.7 * random.nextDouble());
                canvas.dot(random.nextDouble() * w, Math.pow(random.nextDouble(), 1.3) * horizon, r, r, star);
            }
        }
        clouds(horizon);
        if (!palette.light().equals("neon")) {
            double r = canvas.side * (palette.dark() ? 0.05 : 0.042);
            canvas.glow(x, y, canvas.side * 0.62, palette.sun(), palette.dark() ? 0.3 : 0.75);
            canvas.dot(x, y, r, r, Tint.mix(palette.sun(), Color.WHITE, 0.5));
            if (palette.dark()) {
                canvas.dot(x - r * 0.3, y - r * 0.2, r * 0.22, r * 0.2, Tint.fade(palette.far(), 0.25));
                canvas.dot(x + r * 0.35, y + r * 0.3, r * 0.28, r * 0.24, Tint.fade(palette.far(), 0.2));
            }
        }
    }

    private void clouds(double horizon) throws InterruptedException {
        int light = Tint.mix(palette.sun(), Color.WHITE, palette.light().equals("day") ? 0.8 : 0.2)
                .getRGB();
        int shade = Tint.mix(palette.skyTop(), palette.far(), 0.5).getRGB();
        double cover = palette.dark() ? 0.25 : palette.light().equals("fog") ? 0.8 : 0.62;
        int rows = (int) Math.min(canvas.size.height(), horizon * 1.05 * canvas.unit);
        for (int py = 0; py < rows; py++) {
            canvas.pass(py);
            double y = py / canvas.unit;
            double depth = y / horizon;
            for (int px = 0; px < canvas.size.width(); px++) {
                double x = px / canvas.unit;
                double n = noise.fractal(x / 260, y / (150 - 90 * depth) + depth * 3, 4);
                double body = Math.max(0, n - 0.5) * 3.4 * cover;
                if (body > 0) {
                    int at = py * canvas.size.width() + px;
                    int colour = Tint.mix(light, shade, Math.max(0, n - 0.6) * 2.2);
                    canvas.px[at] = Tint.mix(canvas.px[at], colour, Math.min(0.9, body));
                }
            }
        }
    }

    private void ridge(double base, double height, double scale, Color top, Color low, double roughness) {
        double shift = random.nextDouble() * 1000;
        Path2D path = new Path2D.Double();
        path.moveTo(-10, h + 10);
        for (double x = -10; x <= w + 10; x += 4) {
            double n = noise.fractal(shift + x / scale, shift, 5);
            double sharp = 1 - Math.abs(2 * noise.fractal(shift + x / scale * 0.8, 7 + shift, 4) - 1);
            path.lineTo(x, base - height * ((1 - roughness) * n + roughness * sharp * sharp));
        }
        path.lineTo(w + 10, h + 10);
        path.closePath();
        canvas.fill(path, Canvas.down(base - height, top, base + height * 0.1, low));
    }

    private void country(double horizon, boolean water) throws InterruptedException {
        boolean mountains = shows("mountain") || shows("lake") || shows("snow");
        Color haze = Tint.mix(palette.far(), palette.skyLow(), 0.55);
        if (mountains) {
            ridge(horizon + 4, h * 0.34, 330, Tint.mix(haze, Color.WHITE, 0.35), haze, 0.8);
            ridge(horizon + 8, h * 0.22, 240, Tint.mix(palette.far(), palette.deep(), 0.15), haze, 0.7);
        } else {
            ridge(horizon + 4, h * 0.12, 420, haze, haze, 0.1);
        }
        ridge(horizon + 12, h * 0.08, 300, Tint.mix(palette.far(), palette.deep(), 0.5), palette.far(), 0.1);
        pines(horizon + 14, 70, h * 0.05, Tint.mix(palette.far(), palette.deep(), 0.65));
        canvas.checkpoint.pass();
        if (water) {
            canvas.reflect(horizon + 14, 60, Tint.mix(palette.skyTop(), palette.deep(), 0.35), 0.38, noise);
            ridge(h * 0.98, h * 0.16, 380, palette.near(), palette.deep(), 0);
        } else {
            ground(horizon + 12);
            if (!shows("snow")) {
                flowers(horizon + 30, 900, 0.4);
            }
        }
        pines(h * 1.02, 9, h * 0.4, palette.deep());
    }

    /** Fills the land below a line with patches of light and shade. */
    private void ground(double top) {
        Color low = Tint.mix(palette.near(), palette.deep(), 0.6);
        canvas.rect(0, top, w, h - top, Canvas.down(top, Tint.mix(palette.near(), palette.skyLow(), 0.3), h, low));
        for (int i = 0; i < 420; i++) {
            double depth = Math.pow(random.nextDouble(), 1.6);
            double y = top + depth * (h - top);
            double x = random.nextDouble() * w;
            Color patch = random.nextBoolean() ? Tint.mix(palette.near(), palette.sun(), 0.3) : palette.deep();
            canvas.dot(x, y, 18 + 90 * depth, 3 + 12 * depth, Tint.fade(patch, 0.16));
        }
    }

    private void pines(double base, int count, double height, Color colour) {
        for (int i = 0; i < count; i++) {
            double x = count > 20 ? w * (i + random.nextDouble()) / count : edge();
            double tall = height * (0.55 + 0.6 * random.nextDouble());
            double foot = base + (count > 20 ? 4 * random.nextDouble() : 0);
            double wide = tall * 0.2;
            canvas.rect(x - tall * 0.02, foot - tall * 0.2, tall * 0.04, tall * 0.2, Tint.scale(colour, 0.7));
            Color shade = Tint.scale(colour, 0.85 + 0.4 * random.nextDouble());
            for (int tier = 0; tier < 5; tier++) {
                double top = foot - tall + tier * tall * 0.16;
                double half = wide * (0.35 + 0.2 * tier);
                canvas.fill(
                        Canvas.polygon(x, top, x + half, top + tall * 0.27, x - half, top + tall * 0.27),
                        Canvas.across(x - half, Tint.scale(shade, 1.25), x + half, shade));
                if (shows("snow")) {
                    canvas.fill(
                            Canvas.polygon(
                                    x, top, x + half * 0.5, top + tall * 0.13, x - half * 0.7, top + tall * 0.17),
                            Tint.fade(Color.WHITE, 0.85));
                }
            }
        }
    }

    /** Returns a place near the left or right rim, so that the middle stays open. */
    private double edge() {
        double x = random.nextDouble() * 0.26;
        return w * (random.nextBoolean() ? x : 1 - x);
    }

    private void garden(double horizon, boolean pond) throws InterruptedException {
        ridge(horizon, h * 0.1, 300, Tint.mix(palette.far(), palette.skyLow(), 0.4), palette.far(), 0.1);
        for (int i = 0; i < 26; i++) {
            double r = h * (0.04 + 0.07 * random.nextDouble());
            crown(random.nextDouble() * w, horizon - r * 0.3, r, Tint.mix(palette.far(), palette.deep(), 0.45));
        }
        crown(w * 0.1, horizon - h * 0.17, h * 0.23, palette.deep());
        crown(w * 0.93, horizon - h * 0.12, h * 0.19, Tint.mix(palette.deep(), palette.near(), 0.35));
        ground(horizon + 6);
        canvas.checkpoint.pass();
        double bend = w * (0.14 + 0.12 * random.nextDouble()) * (random.nextBoolean() ? 1 : -1);
        double end = w * (0.42 + 0.16 * random.nextDouble());
        double turn = horizon + (h - horizon) * 0.36;
        Path2D path = new Path2D.Double();
        path.moveTo(w * 0.27 - bend, h + 5);
        path.curveTo(w * 0.38 - bend, h * 0.9, end - 60 + bend * 1.6, h * 0.82, end - 24 + bend, turn);
        path.curveTo(end + bend * 0.6, turn - h * 0.09, end - bend, turn - h * 0.06, end, horizon + 4);
        path.lineTo(end + 8, horizon + 4);
        path.curveTo(end + 26 - bend, turn - h * 0.05, end + 40 + bend * 0.7, turn - h * 0.08, end + 62 + bend, turn);
        path.curveTo(end + 150 + bend * 1.6, h * 0.82, w * 0.72 - bend, h * 0.9, w * 0.66 - bend, h + 5);
        path.closePath();
        Color sand =
                Tint.mix(palette.sun(), palette.accents().get(palette.accents().size() - 1), 0.22);
        canvas.fill(
                path,
                pond
                        ? Canvas.down(horizon, palette.skyLow(), h, palette.skyTop())
                        : Canvas.down(horizon, Tint.mix(sand, Color.WHITE, 0.3), h, Tint.scale(sand, 0.82)));
        for (int i = 0; i < 60; i++) {
            double y = horizon + (h - horizon) * Math.pow(random.nextDouble(), 1.2);
            double x = w * (0.3 + 0.4 * random.nextDouble());
            if (path.contains(x, y)) {
                canvas.dot(x, y, 40, 5, Tint.fade(palette.far(), 0.25));
            }
        }
        for (int i = 0; i < 90; i++) {
            double depth = Math.pow(i / 90.0, 1.7);
            double y = horizon + 10 + depth * (h - horizon);
            double x = random.nextDouble() * w;
            double r = 12 + 60 * depth;
            if (!path.intersects(x - r, y - r, 2 * r, r)) {
                Color bush = Tint.mix(palette.deep(), palette.near(), 0.2 + 0.6 * random.nextDouble());
                crown(x, y - r * 0.4, r, bush);
            }
        }
        flowers(horizon + 16, 2600, 1, path);
    }

    /** Paints leaves as a heap of light and dark dabs. */
    private void crown(double x, double y, double r, Color colour) {
        int dabs = (int) Math.min(260, 24 + r * 1.6);
        for (int i = 0; i < dabs; i++) {
            double angle = random.nextDouble() * Math.PI * 2;
            double far = Math.sqrt(random.nextDouble()) * r;
            double dx = Math.cos(angle) * far * 1.15;
            double dy = Math.sin(angle) * far * 0.85;
            double light = 0.8 - 0.45 * dy / r - 0.2 * dx / r + 0.3 * random.nextDouble();
            Color leaf = Tint.scale(Tint.mix(colour, palette.sun(), Math.max(0, light - 0.9) * 0.5), light);
            double size = r * (0.1 + 0.13 * random.nextDouble());
            canvas.dot(x + dx, y + dy, size, size * 0.75, Tint.fade(leaf, 0.9));
        }
    }

    private void flowers(double top, int count, double density) {
        flowers(top, count, density, new Path2D.Double());
    }

    /** Sows drifts of one colour each, larger towards the viewer, and leaves a path free. */
    private void flowers(double top, int count, double density, Path2D free) {
        for (int i = 0; i < count; i++) {
            double depth = Math.pow((double) i / count, 1.5);
            double y = top + depth * (h * 1.02 - top);
            double x = random.nextDouble() * w;
            double drift = noise.at(x / (70 + 160 * depth), y / (16 + 60 * depth));
            if (free.contains(x, y) || drift > 0.28 + 0.6 * density) {
                continue;
            }
            double size = (2.2 + 14 * depth) * (0.7 + 0.6 * random.nextDouble());
            int kinds = palette.accents().size();
            int pick = (int) (noise.at(x / (90 + 130 * depth) + 50, y / (20 + 60 * depth)) * 3 * kinds) % kinds;
            Color colour = palette.named() > 0
                    ? palette.accent(random)
                    : palette.accents().get(pick);
            bloom(x, y - size, size, Tint.scale(colour, 0.82 + 0.35 * random.nextDouble()));
        }
    }

    private void bloom(double x, double y, double size, Color colour) {
        if (size > 6) {
            canvas.graphics.setStroke(new BasicStroke((float) (size * 0.16)));
            canvas.graphics.setPaint(Tint.mix(palette.deep(), palette.near(), random.nextDouble()));
            canvas.graphics.draw(new Line2D.Double(x, y, x + size * (random.nextDouble() - 0.5), y + size * 2.6));
            int petals = 5 + random.nextInt(2);
            double turn = random.nextDouble();
            for (int i = 0; i < petals; i++) {
                double angle = turn + i * Math.PI * 2 / petals;
                Color petal = Tint.mix(colour, Color.WHITE, 0.12 + 0.16 * (1 - Math.sin(angle)));
                canvas.dot(
                        x + Math.cos(angle) * size * 0.5,
                        y + Math.sin(angle) * size * 0.42,
                        size * 0.42,
                        size * 0.36,
                        petal);
            }
            canvas.dot(x, y, size * 0.2, size * 0.17, Tint.mix(new Color(0xF3C33C), palette.deep(), 0.15));
        } else {
            canvas.dot(x, y, size, size * 0.75, colour);
            canvas.dot(x - size * 0.2, y - size * 0.2, size * 0.45, size * 0.35, Tint.mix(colour, Color.WHITE, 0.4));
        }
    }

    private void sea(double horizon) throws InterruptedException {
        Color deep = palette.light().equals("day")
                ? palette.main(new Color(0x1F6E96))
                : Tint.mix(palette.skyTop(), palette.deep(), 0.4);
        canvas.reflect(horizon, 90, deep, 0.62, noise);
        canvas.checkpoint.pass();
        for (int i = 0; i < 900; i++) {
            double depth = Math.pow(random.nextDouble(), 2);
            double y = horizon + 2 + depth * (h - horizon);
            double x = random.nextDouble() * w;
            Color glint = random.nextInt(3) == 0 ? deep : Tint.mix(palette.skyLow(), palette.sun(), 0.5);
            canvas.dot(x, y, 6 + 46 * depth, 0.6 + 3 * depth, Tint.fade(glint, 0.3));
        }
        boat(w * (0.25 + 0.5 * random.nextDouble()), horizon + h * 0.05, canvas.side * 0.12);
        Color sand = Tint.mix(new Color(0xE6CF9F), palette.skyLow(), 0.35);
        double beach = h * 0.86;
        canvas.fill(shore(beach - 16), Tint.fade(Color.WHITE, 0.75));
        canvas.fill(shore(beach), Tint.scale(sand, palette.dark() ? 0.4 : 0.85));
        canvas.fill(
                shore(beach + 10),
                Canvas.down(beach, Tint.scale(sand, palette.dark() ? 0.45 : 1), h, Tint.scale(sand, 0.6)));
    }

    private Path2D shore(double y) {
        Path2D path = new Path2D.Double();
        path.moveTo(-5, h + 5);
        for (double x = -5; x <= w + 10; x += 8) {
            path.lineTo(x, y + 46 * (noise.fractal(x / 260, 3, 3) - 0.5) + h * 0.1 * (x / w - 0.5));
        }
        path.lineTo(w + 5, h + 5);
        path.closePath();
        return path;
    }

    private void boat(double x, double y, double s) {
        Color sail = palette.main(new Color(0xF7F1E4));
        canvas.fill(Canvas.polygon(x, y - s, x, y - s * 0.12, x + s * 0.42, y - s * 0.12), sail);
        canvas.fill(
                Canvas.polygon(x - s * 0.03, y - s * 0.9, x - s * 0.03, y - s * 0.12, x - s * 0.28, y - s * 0.12),
                Tint.scale(sail, 0.86));
        canvas.fill(
                Canvas.polygon(x - s * 0.36, y - s * 0.1, x + s * 0.46, y - s * 0.1, x + s * 0.3, y, x - s * 0.24, y),
                Tint.mix(palette.deep(), new Color(0x6B3A2A), 0.5));
        canvas.dot(x + s * 0.04, y + s * 0.1, s * 0.3, s * 0.06, Tint.fade(palette.deep(), 0.35));
    }

    private void dunes(double horizon) {
        Color light = Tint.mix(palette.near(), palette.sun(), 0.35);
        for (int i = 0; i < 5; i++) {
            double t = i / 4.0;
            Color top = Tint.mix(Tint.mix(palette.far(), palette.skyLow(), 0.4), light, t);
            Color low = Tint.mix(palette.far(), palette.deep(), 0.3 + 0.65 * t);
            double base = horizon + 14 + (h - horizon) * t * (0.55 + 0.65 * t);
            ridge(base, h * (0.1 + 0.28 * t), 260 + 380 * t, top, low, 0.55);
        }
    }

    private void forest(double horizon) throws InterruptedException {
        ground(horizon + 30);
        canvas.glow(w * 0.5, horizon, canvas.side * 0.6, palette.sun(), 0.6);
        for (int layer = 0; layer < 4; layer++) {
            canvas.checkpoint.pass();
            double t = layer / 3.0;
            Color trunk = Tint.mix(Tint.mix(palette.far(), palette.skyLow(), 0.5), Tint.scale(palette.deep(), 0.6), t);
            Color leaf = Tint.mix(Tint.mix(palette.far(), palette.near(), 0.4), palette.deep(), t * 0.85);
            int count = 16 - 4 * layer;
            for (int i = 0; i < count; i++) {
                double x = layer == 3 ? edge() : w * (i + random.nextDouble()) / count;
                double foot = horizon + 30 + (h - horizon) * (0.04 + 0.75 * t * t) + 10 * random.nextDouble();
                double wide = (5 + 34 * t * t) * (0.7 + 0.6 * random.nextDouble());
                canvas.fill(
                        Canvas.polygon(
                                x - wide * 0.35, -10, x + wide * 0.35, -10, x + wide * 0.7, foot, x - wide, foot),
                        Canvas.across(
                                x - wide, Tint.mix(trunk, palette.sun(), 0.25), x + wide, Tint.scale(trunk, 0.7)));
                for (int c = 0; c < 3; c++) {
                    double r = h * (0.05 + 0.09 * t) * (0.8 + 0.6 * random.nextDouble());
                    double cx = x + (random.nextDouble() - 0.5) * r * 3;
                    crown(cx, foot * 0.5 * random.nextDouble() - r * 0.3, r, leaf);
                }
                crown(x + wide, foot, h * (0.012 + 0.04 * t), leaf);
            }
        }
        flowers(h * 0.8, 160, 0.3);
    }

    private void city(double street, boolean river) throws InterruptedException {
        Color glow = Tint.mix(palette.skyLow(), palette.sun(), palette.dark() ? 0.4 : 0);
        canvas.glow(w * 0.5, street * 0.8, canvas.side * 0.7, glow, palette.dark() ? 0.8 : 0.3);
        for (int layer = 0; layer < 3; layer++) {
            canvas.checkpoint.pass();
            double t = layer / 2.0;
            Color wall = Tint.mix(Tint.mix(palette.far(), palette.skyLow(), 0.5 - 0.2 * t), palette.deep(), t * 0.7);
            double x = -20 * random.nextDouble();
            while (x < w) {
                double wide = canvas.side * (0.06 + 0.09 * random.nextDouble() + 0.04 * t);
                double middle = Math.abs((x + wide / 2) / w - 0.5) * 2;
                double open = layer == 2 ? 0.25 + 0.8 * middle : 1.05 - 0.35 * middle;
                double tall = street * (0.3 + 0.45 * random.nextDouble()) * open;
                building(x, street - tall, wide, tall, Tint.scale(wall, 0.85 + 0.3 * random.nextDouble()), layer);
                x += wide + (layer == 2 ? 5 : -2);
            }
            canvas.rect(
                    0,
                    street - h * 0.3,
                    w,
                    h * 0.3,
                    Canvas.down(street - h * 0.3, Tint.fade(glow, 0), street, Tint.fade(glow, 0.5 - 0.14 * layer)));
        }
        Color wet = river
                ? Tint.mix(palette.skyTop(), palette.deep(), 0.3)
                : Tint.mix(palette.deep(), new Color(0x565A62), palette.dark() ? 0.1 : 0.75);
        canvas.reflect(street, palette.dark() ? 70 : 40, wet, palette.dark() ? 0.16 : river ? 0.35 : 0.8, noise);
        if (palette.dark()) {
            for (int i = 0; i < 26; i++) {
                double t = random.nextDouble();
                Color lamp = palette.accent(random);
                double x = w * (0.5 + (random.nextDouble() - 0.5) * (0.25 + 0.9 * t));
                canvas.glow(x, street + t * t * h * 0.1, 8 + 44 * t, lamp, 0.7);
            }
        }
    }

    private void building(double x, double y, double wide, double tall, Color wall, int layer) {
        canvas.rect(x, y, wide, tall, Canvas.down(y, wall, y + tall, Tint.mix(wall, palette.skyLow(), 0.3)));
        canvas.rect(x + wide * 0.72, y, wide * 0.28, tall, Tint.fade(Color.BLACK, 0.16));
        if (random.nextInt(3) == 0) {
            canvas.rect(x + wide * 0.48, y - tall * 0.16, wide * 0.03, tall * 0.16, wall);
        }
        double cell = 8 + 3 * layer;
        for (double wy = y + cell; wy < y + tall - cell; wy += cell * 1.6) {
            for (double wx = x + cell * 0.6; wx < x + wide - cell; wx += cell * 1.15) {
                boolean lit = random.nextDouble() < (palette.dark() ? 0.5 : 0.16);
                Color pane = lit
                        ? Tint.mix(random.nextInt(3) == 0 ? palette.accent(random) : new Color(0xFFE2A8), wall, 0.15)
                        : Tint.mix(wall, palette.skyTop(), palette.dark() ? 0.12 : 0.4);
                canvas.rect(wx, wy, cell * 0.62, cell * 0.9, Tint.fade(pane, 0.9));
            }
        }
        if (palette.light().equals("neon") && layer > 0 && random.nextInt(3) > 0) {
            sign(
                    x + wide * (0.1 + 0.5 * random.nextDouble()),
                    y + tall * (0.15 + 0.3 * random.nextDouble()),
                    wide,
                    tall);
        }
    }

    /** Paints a neon sign of bars, upright or lying. */
    private void sign(double x, double y, double wide, double tall) {
        Color neon = palette.accent(random);
        boolean upright = random.nextBoolean();
        double sw = upright ? wide * 0.24 : wide * 0.66;
        double sh = upright ? tall * 0.44 : wide * 0.26;
        canvas.glow(x + sw / 2, y + sh / 2, Math.max(sw, sh) * 1.3, neon, 0.8);
        canvas.rect(x, y, sw, sh, Tint.fade(palette.deep(), 0.7));
        canvas.graphics.setStroke(new BasicStroke(3.4f));
        canvas.graphics.setPaint(Tint.mix(neon, Color.WHITE, 0.4));
        canvas.graphics.draw(new Rectangle2D.Double(x, y, sw, sh));
        int bars = 3 + random.nextInt(3);
        for (int i = 0; i < bars; i++) {
            double at = (i + 0.5) / bars;
            double length = 0.3 + 0.5 * random.nextDouble();
            if (upright) {
                canvas.rect(x + sw * 0.2, y + sh * at - 2, sw * 0.8 * length, sh * 0.3 / bars, neon);
            } else {
                canvas.rect(x + sw * at - 2, y + sh * 0.2, sw * 0.4 / bars, sh * 0.8 * length, neon);
            }
        }
    }

    private void snowfall() {
        for (int i = 0; i < 500; i++) {
            double r = 0.8 + 3.4 * Math.pow(random.nextDouble(), 3);
            canvas.dot(random.nextDouble() * w, random.nextDouble() * h, r, r, Tint.fade(Color.WHITE, 0.75));
        }
    }
}
