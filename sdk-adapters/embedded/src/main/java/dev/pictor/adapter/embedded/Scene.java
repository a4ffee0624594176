package dev.pictor.adapter.embedded;

import dev.pictor.adapter.embedded.Lexicon.Kind;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Composes one picture: what is in it, where it stands, and in which medium it is made. Not thread-safe. */
final class Scene {

    private final Canvas canvas;
    private final Reading reading;
    private final Palette palette;
    private final Random random;
    private final List<BufferedImage> references;

    Scene(Canvas canvas, Reading reading, List<BufferedImage> references, long seed) {
        this.canvas = canvas;
        this.reading = reading;
        this.references = references;
        this.random = new Random(seed);
        this.palette = Palette.of(reading, random);
    }

    void paint() throws InterruptedException {
        Domain domain = reading.domain();
        switch (domain) {
            case DIAGRAMS -> {
                new Diagram(canvas, reading, random).draw();
                hang(0.5, 0.26);
            }
            case PRODUCTS -> product();
            case ART -> {
                compose(false);
                new Brush(canvas, palette, random).paint(reading.style(domain));
                grade();
            }
            default -> {
                compose(true);
                new Lens(canvas, random).develop(palette.dark() ? 0.55 : 0.22);
                grade();
            }
        }
    }

    private void compose(boolean photo) throws InterruptedException {
        Optional<String> figure = Figures.namedIn(reading);
        boolean house = figure.filter("house"::equals).isPresent();
        boolean close = figure.isPresent() && !house;
        boolean place = Scenery.namedIn(reading);
        Lens lens = new Lens(canvas, random);
        if (reading.style(Domain.ART).equals("abstract") || (figure.isEmpty() && !place && !photo)) {
            field();
        } else if (place || photo || house) {
            new Scenery(canvas, palette, reading, random).paint();
        } else {
            wall();
        }
        if (photo && (close || !references.isEmpty() || !place)) {
            lens.defocus(26, palette.dark() ? 34 : 18, palette);
        }
        if (!references.isEmpty()) {
            hang(0.62, 0.5);
        } else if (figure.isPresent()) {
            place(figure.get());
            if (photo && close) {
                canvas.blur(1);
            }
        }
        if (photo && !close && references.isEmpty() && place) {
            lens.depth(0.5);
        }
    }

    private void place(String figure) throws InterruptedException {
        Figures figures = new Figures(canvas, palette, random);
        double x = canvas.w * (0.5 + 0.05 * (random.nextDouble() - 0.5));
        switch (figure) {
            case "person" -> figures.paint(figure, x, canvas.h * 0.99, Math.min(canvas.h * 0.92, canvas.w), reading);
            case "house" -> {
                boolean shore = reading.has(Kind.SUBJECT, "lake") || reading.has(Kind.SUBJECT, "sea");
                double foot = canvas.h * (shore ? 0.53 : 0.7);
                figures.paint(figure, x, foot, canvas.side * (shore ? 0.26 : 0.42), reading);
            }
            case "bird" -> figures.paint(figure, x, canvas.h * 0.74, canvas.side * 0.56, reading);
            default -> {
                References.shadow(canvas, x, canvas.h * 0.9, canvas.side * 0.28);
                figures.paint(figure, x, canvas.h * 0.9, canvas.side * 0.66, reading);
            }
        }
    }

    private void hang(double share, double middle) {
        if (!references.isEmpty()) {
            double width = canvas.w * Math.min(0.9, share + 0.1 * (references.size() - 1));
            double height = canvas.h * share;
            References.hang(canvas, references, (canvas.w - width) / 2, canvas.h * middle - height / 2, width, height);
        }
    }

    /** A room's wall and floor in the light's colours. */
    private void wall() {
        double floor = canvas.h * 0.72;
        Color tone = Tint.mix(palette.far(), palette.skyLow(), 0.4);
        canvas.rect(0, 0, canvas.w, floor, Canvas.across(0, Tint.mix(tone, palette.sun(), 0.5), canvas.w, tone));
        Color boards = Tint.mix(palette.near(), new Color(0x8A6440), 0.6);
        canvas.rect(
                0, floor, canvas.w, canvas.h - floor, Canvas.down(floor, boards, canvas.h, Tint.scale(boards, 0.6)));
        for (int i = 0; i < 70; i++) {
            Color spot = i % 3 == 0 ? palette.accent(random) : palette.sun();
            double r = canvas.side * (0.05 + 0.1 * random.nextDouble());
            canvas.glow(random.nextDouble() * canvas.w, random.nextDouble() * floor, r, spot, 0.16);
        }
    }

    /** Flowing bands of colour, for what has no shape. */
    private void field() throws InterruptedException {
        Noise noise = new Noise(random.nextLong());
        int[] band = new int[6];
        for (int i = 0; i < band.length; i++) {
            band[i] = palette.accents().get(i % palette.accents().size()).getRGB() & 0xFFFFFF;
        }
        for (int y = 0; y < canvas.size.height(); y++) {
            canvas.pass(y);
            for (int x = 0; x < canvas.size.width(); x++) {
                double ux = x / canvas.unit / 420;
                double uy = y / canvas.unit / 420;
                double bend = noise.fractal(ux, uy, 2);
                double t = noise.fractal(ux + 2.2 * bend, uy - 1.6 * bend, 3) * 11 + uy;
                int at = (int) Math.floor(t);
                double share = Math.pow(t - at, 3);
                int from = band[Math.floorMod(at, band.length)];
                int to = band[Math.floorMod(at + 1, band.length)];
                canvas.px[y * canvas.size.width() + x] = Tint.scale(Tint.mix(from, to, share), 0.82 + 0.4 * bend);
            }
        }
    }

    /** One thing in soft light on a backdrop without a seam. */
    private void product() throws InterruptedException {
        Color backdrop =
                reading.has(Kind.COLOUR, "black") && palette.named() > 1 ? new Color(0xC9CCD1) : new Color(0xF4F4F2);
        double floor = canvas.h * 0.62;
        canvas.rect(0, 0, canvas.w, floor + 1, Canvas.down(0, Tint.scale(backdrop, 0.97), floor, backdrop));
        canvas.rect(0, floor, canvas.w, canvas.h, Canvas.down(floor, backdrop, canvas.h, Tint.scale(backdrop, 0.93)));
        canvas.glow(canvas.w * 0.42, canvas.h * 0.4, canvas.side * 0.7, Color.WHITE, 0.9);
        double foot = canvas.h * 0.79;
        if (!references.isEmpty()) {
            References.shadow(canvas, canvas.w / 2, foot, canvas.side * 0.36);
            References.hang(
                    canvas, references, canvas.w * 0.15, foot - canvas.h * 0.62, canvas.w * 0.7, canvas.h * 0.62);
        } else {
            String thing = Figures.namedIn(reading).orElse("box");
            double size = canvas.side * (0.56 + 0.05 * random.nextDouble());
            References.shadow(canvas, canvas.w / 2, foot, size * 0.5);
            new Figures(canvas, palette, random).paint(thing, canvas.w / 2, foot, size, reading);
        }
        canvas.blur(0.9);
    }

    /** Gives the picture its mood: saturation and brightness, and a warm tone to what is old. */
    private void grade() {
        List<String> moods = reading.values(Kind.MOOD);
        if (moods.isEmpty()) {
            return;
        }
        double saturation = 1;
        double brightness = 1;
        for (String mood : moods) {
            String[] grade = mood.split(" ", -1);
            saturation *= Double.parseDouble(grade[0]);
            brightness *= Double.parseDouble(grade[1]);
        }
        double warm = reading.has(Kind.MOOD, "vintage") ? 0.1 : 0;
        for (int i = 0; i < canvas.px.length; i++) {
            int p = canvas.px[i];
            double grey = Tint.luma(p);
            canvas.px[i] = Tint.rgb(
                    (grey + ((p >> 16 & 255) - grey) * saturation) * brightness * (1 + warm),
                    (grey + ((p >> 8 & 255) - grey) * saturation) * brightness,
                    (grey + ((p & 255) - grey) * saturation) * brightness * (1 - warm));
        }
    }
}
