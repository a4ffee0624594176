package dev.pictor.adapter.embedded;

import dev.pictor.adapter.embedded.Lexicon.Kind;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Draws boxes, arrows and bars on white. What is no short title is a bar in place of text. Not thread-safe. */
final class Diagram {

    private static final Color INK = new Color(0x2B3445);
    private static final Color LINE = new Color(0x8A94A6);
    private static final Color FAINT = new Color(0xE6EAF0);
    private static final List<Integer> HOUSE = List.of(0x3F6FD8, 0x17A398, 0xF2A33A, 0xE8604C, 0x7C5CD6);
    private static final int TITLE_CHARS = 28;
    /** Letters and digits of five columns by seven dots, a byte a column with its lowest bit on top. */
    private static final String GLYPHS =
            "7E1111117E7F494949363E414141227F4141221C7F494949417F090909013E4149497A7F0808087F"
                    + "00417F41002040413F017F081422417F404040407F020C027F7F0408107F3E4141413E7F090909063E4151215E7F09192946"
                    + "464949493101017F01013F4040403F1F2040201F3F4038403F631408146307087008076151494543"
                    + "3E5149453E00427F400042615149462141454B311814127F1027454545393C4A4949300171090503364949493606494929"
                    + "1E";

    private final Canvas canvas;
    private final Random random;
    private final Reading reading;
    private final List<Color> colours = new ArrayList<>();
    private final boolean wide;

    Diagram(Canvas canvas, Reading reading, Random random) {
        this.canvas = canvas;
        this.reading = reading;
        this.random = random;
        this.wide = canvas.w > canvas.h * 1.15;
        List<Color> house = new ArrayList<>(HOUSE.stream().map(Color::new).toList());
        Collections.rotate(house, random.nextInt(house.size()));
        reading.colours().stream()
                .filter(colour -> Tint.luma(colour.getRGB()) < 220)
                .forEach(colours::add);
        colours.addAll(house);
    }

    void draw() throws InterruptedException {
        canvas.rect(0, 0, canvas.w, canvas.h, Color.WHITE);
        title();
        canvas.checkpoint.pass();
        String kind = reading.names(Kind.SUBJECT).stream()
                .filter(List.of("flowchart", "network", "chart", "pie", "timeline", "architecture")::contains)
                .findFirst()
                .orElse("flowchart");
        switch (kind) {
            case "network" -> network();
            case "chart" -> chart();
            case "pie" -> pie();
            case "timeline" -> timeline();
            case "architecture" -> architecture();
            default -> flowchart();
        }
    }

    private Color colour(int i) {
        return colours.get(i % colours.size());
    }

    private void title() {
        double x = canvas.w * 0.08;
        double dot = canvas.side * 0.0045;
        canvas.fill(new RoundRectangle2D.Double(x, canvas.h * 0.062, canvas.side * 0.012, dot * 8.6, 4, 4), colour(0));
        write(shortened(), x + canvas.side * 0.03, canvas.h * 0.062 + dot * 0.8, dot, INK);
        bar(x + canvas.side * 0.03, canvas.h * 0.062 + dot * 11, canvas.w * 0.3, FAINT);
    }

    private String shortened() {
        String subject = reading.title().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9 ]+", " ");
        StringBuilder title = new StringBuilder();
        for (String word : subject.strip().split(" +", -1)) {
            if (title.length() + word.length() >= TITLE_CHARS) {
                break;
            }
            title.append(title.isEmpty() ? "" : " ").append(word);
        }
        return Reading.trimmed(title.toString());
    }

    private void write(String text, double x, double y, double dot, Color ink) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ') {
                continue;
            }
            int glyph = c <= '9' ? 26 + c - '0' : c - 'A';
            for (int column = 0; column < 5; column++) {
                int at = glyph * 10 + column * 2;
                int bits = Integer.parseInt(GLYPHS, at, at + 2, 16);
                for (int row = 0; row < 7; row++) {
                    if ((bits >> row & 1) == 1) {
                        canvas.rect(x + (i * 6 + column) * dot, y + row * dot, dot * 1.04, dot * 1.04, ink);
                    }
                }
            }
        }
    }

    private void write(String text, double cx, double cy, Color ink) {
        double dot = canvas.side * 0.0031;
        write(text, cx - (text.length() * 6 - 1) * dot / 2, cy - 3.5 * dot, dot, ink);
    }

    private void bar(double x, double y, double length, Color colour) {
        double thick = canvas.side * 0.012;
        canvas.fill(new RoundRectangle2D.Double(x, y, length, thick, thick, thick), colour);
    }

    private void greek(double cx, double cy, double width, int lines, Color colour) {
        double gap = canvas.side * 0.024;
        for (int i = 0; i < lines; i++) {
            double length = width * (i == 0 ? 0.86 : 0.5 + 0.3 * random.nextDouble());
            bar(cx - length / 2, cy + (i - (lines - 1) / 2.0) * gap - canvas.side * 0.006, length, colour);
        }
    }

    private void card(Shape shape, Color colour, boolean solid) {
        canvas.graphics.translate(0, 5);
        canvas.fill(shape, new Color(0x2B, 0x34, 0x45, 22));
        canvas.graphics.translate(0, -5);
        canvas.fill(shape, solid ? colour : Tint.mix(colour, Color.WHITE, 0.88));
        canvas.graphics.setStroke(new BasicStroke(3));
        canvas.graphics.setPaint(colour);
        canvas.graphics.draw(shape);
    }

    private static Shape round(double cx, double cy, double w, double h, double arc) {
        return new RoundRectangle2D.Double(cx - w / 2, cy - h / 2, w, h, arc, arc);
    }

    /** Draws a line with corners through points given as x, y, x, y, and a head at its end. */
    private void arrow(double... points) {
        canvas.graphics.setStroke(new BasicStroke(3.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        canvas.graphics.setPaint(LINE);
        Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        canvas.graphics.draw(path);
        int n = points.length;
        double angle = Math.atan2(points[n - 1] - points[n - 3], points[n - 2] - points[n - 4]);
        double x = points[n - 2];
        double y = points[n - 1];
        canvas.fill(
                Canvas.polygon(
                        x + 4 * Math.cos(angle),
                        y + 4 * Math.sin(angle),
                        x - 17 * Math.cos(angle - 0.42),
                        y - 17 * Math.sin(angle - 0.42),
                        x - 17 * Math.cos(angle + 0.42),
                        y - 17 * Math.sin(angle + 0.42)),
                LINE);
    }

    /** A chain from start to end with a decision and a side branch, downwards, or to the right on a wide sheet. */
    private void flowchart() {
        int before = 1 + random.nextInt(2);
        int nodes = before + 4;
        double along = wide ? canvas.w : canvas.h;
        double from = along * (wide ? 0.1 : 0.21);
        double step = (along * 0.92 - from) / (nodes - 1);
        double axis = wide ? canvas.h * 0.46 : canvas.w * 0.4;
        double bw = wide ? step * 0.64 : canvas.side * 0.29;
        double bh = wide ? canvas.side * 0.17 : Math.min(step * 0.56, canvas.side * 0.11);
        for (int i = 0; i < nodes; i++) {
            double x = wide ? from + i * step : axis;
            double y = wide ? axis : from + i * step;
            boolean decision = i == before + 1;
            if (i > 0) {
                double gap = wide ? bw / 2 : bh / 2;
                double last = i == before + 2 ? gap * 1.3 : gap;
                double next = decision ? gap * 1.3 : gap;
                if (wide) {
                    arrow(x - step + last, y, x - next, y);
                } else {
                    arrow(x, y - step + last, x, y - next);
                }
            }
            if (i == 0 || i == nodes - 1) {
                card(round(x, y, bw * 0.8, bh * 0.8, bh), colour(i == 0 ? 0 : 1), true);
                write(i == 0 ? "START" : "END", x, y, Color.WHITE);
            } else if (decision) {
                double rx = bw * 0.5 * (wide ? 1.3 : 1.1);
                double ry = bh * (wide ? 0.75 : 0.65);
                card(Canvas.polygon(x, y - ry, x + rx, y, x, y + ry, x - rx, y), colour(2), false);
                greek(x, y, bw * 0.4, 2, Tint.mix(colour(2), INK, 0.4));
                branch(x, y, rx, ry, bw, bh, step);
            } else {
                card(round(x, y, bw, bh, 18), colour(0), false);
                greek(x, y, bw * 0.62, 2, Tint.mix(colour(0), INK, 0.35));
            }
        }
    }

    private void branch(double x, double y, double rx, double ry, double bw, double bh, double step) {
        double bx = wide ? x : x + canvas.w * 0.37;
        double by = wide ? y + canvas.h * 0.3 : y;
        card(round(bx, by, bw * 0.86, bh, 18), colour(3), false);
        greek(bx, by, bw * 0.5, 2, Tint.mix(colour(3), INK, 0.35));
        if (wide) {
            arrow(x, y + ry, x, by - bh / 2);
            arrow(bx - bw * 0.43, by, x - step, by, x - step, y + bh / 2);
            write("NO", x + canvas.side * 0.03, y + ry + canvas.side * 0.035, LINE);
            write("YES", x + step * 0.48, y - canvas.side * 0.03, LINE);
        } else {
            arrow(x + rx, y, bx - bw * 0.43, y);
            arrow(bx, by - bh / 2, bx, y - step, x + bw / 2, y - step);
            write("NO", x + rx + canvas.side * 0.03, y - canvas.side * 0.025, LINE);
            write("YES", x + canvas.side * 0.04, y + ry + canvas.side * 0.022, LINE);
        }
    }

    private void network() {
        double cx = canvas.w / 2;
        double cy = canvas.h * 0.57;
        int hubs = 5 + random.nextInt(3);
        double turn = random.nextDouble() * Math.PI;
        double rx = canvas.w * 0.3;
        double ry = canvas.h * 0.27;
        double r = canvas.side * 0.052;
        for (int pass = 0; pass < 2; pass++) {
            Random leaves = new Random(hubs);
            for (int i = 0; i < hubs; i++) {
                double angle = turn + i * 2 * Math.PI / hubs;
                double x = cx + Math.cos(angle) * rx;
                double y = cy + Math.sin(angle) * ry;
                double next = angle + 2 * Math.PI / hubs;
                int count = 2 + leaves.nextInt(2);
                if (pass == 0) {
                    link(cx, cy, x, y, 4);
                    if (i % 2 == 0) {
                        link(x, y, cx + Math.cos(next) * rx, cy + Math.sin(next) * ry, 2);
                    }
                }
                for (int leaf = 0; leaf < count; leaf++) {
                    double spread = angle + (leaf - (count - 1) / 2.0) * 0.42;
                    double lx = cx + Math.cos(spread) * rx * 1.44;
                    double ly = cy + Math.sin(spread) * ry * 1.44;
                    if (pass == 0) {
                        link(x, y, lx, ly, 2);
                    } else {
                        card(round(lx, ly, r * 0.7, r * 0.7, r), Tint.mix(colour(1 + i), Color.WHITE, 0.25), false);
                    }
                }
                if (pass == 1) {
                    card(round(x, y, r * 1.9, r * 1.9, r * 2), colour(1 + i), false);
                    greek(x, y, r * 1.1, 2, Tint.mix(colour(1 + i), INK, 0.3));
                }
            }
        }
        card(round(cx, cy, r * 3, r * 3, r * 3), colour(0), true);
        greek(cx, cy, r * 1.7, 3, Tint.fade(Color.WHITE, 0.9));
    }

    private void link(double x0, double y0, double x1, double y1, double thick) {
        canvas.graphics.setStroke(new BasicStroke((float) thick));
        canvas.graphics.setPaint(Tint.mix(LINE, Color.WHITE, 0.35));
        canvas.graphics.draw(new Line2D.Double(x0, y0, x1, y1));
    }

    private void chart() {
        double left = canvas.w * 0.12;
        double right = canvas.w * 0.93;
        double top = canvas.h * 0.22;
        double low = canvas.h * 0.86;
        for (int i = 0; i <= 5; i++) {
            double y = low - (low - top) * i / 5;
            canvas.rect(left, y - 1, right - left, i == 0 ? 3 : 2, i == 0 ? LINE : FAINT);
            bar(left - canvas.w * 0.05, y - canvas.side * 0.006, canvas.w * 0.033, FAINT);
        }
        int bars = 6 + random.nextInt(3);
        double slot = (right - left) / bars;
        double[] trend = new double[bars];
        for (int i = 0; i < bars; i++) {
            trend[i] = 0.25 + 0.5 * i / bars + 0.22 * random.nextDouble();
            double tall = (low - top) * trend[i];
            double x = left + slot * (i + 0.18);
            canvas.fill(
                    new RoundRectangle2D.Double(x, low - tall, slot * 0.64, tall, 12, 12),
                    i == bars - 1 ? colour(1) : colour(0));
            canvas.rect(x, low - 12, slot * 0.64, 12, i == bars - 1 ? colour(1) : colour(0));
            bar(x + slot * 0.12, low + canvas.h * 0.025, slot * 0.4, FAINT);
        }
        for (int i = 0; i < bars; i++) {
            double x = left + slot * (i + 0.5);
            double y = low - (low - top) * Math.min(0.98, trend[i] + 0.08);
            if (i > 0) {
                canvas.graphics.setStroke(new BasicStroke(4.5f));
                canvas.graphics.setPaint(colour(2));
                canvas.graphics.draw(new Line2D.Double(
                        x - slot, low - (low - top) * Math.min(0.98, trend[i - 1] + 0.08), x, y));
            }
            card(new Ellipse2D.Double(x - 8, y - 8, 16, 16), colour(2), false);
        }
    }

    private void pie() {
        double r = canvas.side * 0.29;
        double cx = canvas.w * (wide ? 0.36 : 0.5);
        double cy = canvas.h * (wide ? 0.57 : 0.5);
        double start = 90;
        int slices = 4 + random.nextInt(2);
        double left = 360;
        for (int i = 0; i < slices; i++) {
            double part = i == slices - 1 ? left : left * (0.28 + 0.24 * random.nextDouble());
            canvas.fill(new Arc2D.Double(cx - r, cy - r, 2 * r, 2 * r, start, part - 1.4, Arc2D.PIE), colour(i));
            start += part;
            left -= part;
            double lx = wide ? canvas.w * 0.66 : canvas.w * (0.14 + 0.78 * i / slices);
            double ly = wide ? canvas.h * (0.38 + 0.09 * i) : canvas.h * 0.9;
            canvas.dot(lx, ly, 11, 11, colour(i));
            bar(lx + 22, ly - canvas.side * 0.006, canvas.w * (wide ? 0.18 : 0.08), FAINT);
        }
        canvas.dot(cx, cy, r * 0.56, r * 0.56, Color.WHITE);
        greek(cx, cy, r * 0.6, 2, LINE);
    }

    private void timeline() {
        int stops = 4 + random.nextInt(2);
        double axis = canvas.h * 0.56;
        double slot = canvas.w * 0.86 / stops;
        canvas.rect(canvas.w * 0.06, axis - 3, canvas.w * 0.87, 6, FAINT);
        arrow(canvas.w * 0.88, axis, canvas.w * 0.95, axis);
        for (int i = 0; i < stops; i++) {
            double x = canvas.w * 0.07 + slot * (i + 0.5);
            double up = i % 2 == 0 ? -1 : 1;
            double cy = axis + up * canvas.h * 0.19;
            double ch = Math.min(canvas.h * 0.18, slot);
            link(x, axis, x, cy, 3);
            card(round(x, cy, slot * 0.98, ch, 18), colour(i), false);
            bar(x - slot * 0.36, cy - ch * 0.3, slot * 0.34, colour(i));
            greek(x, cy + ch * 0.12, slot * 0.8, 2, Tint.mix(LINE, Color.WHITE, 0.4));
            card(new Ellipse2D.Double(x - 17, axis - 17, 34, 34), colour(i), true);
            write(String.valueOf(i + 1), x, axis, Color.WHITE);
        }
    }

    /** Three layers of boxes, each in its band, the lowest of stores. */
    private void architecture() {
        double bandHeight = canvas.h * 0.2;
        int above = 0;
        for (int layer = 0; layer < 3; layer++) {
            double cy = canvas.h * (0.3 + 0.27 * layer);
            Color tone = colour(layer);
            canvas.fill(round(canvas.w / 2, cy, canvas.w * 0.86, bandHeight, 28), Tint.mix(tone, Color.WHITE, 0.94));
            int boxes = layer == 0 ? 2 + random.nextInt(2) : 3 + random.nextInt(2);
            double slot = canvas.w * 0.8 / boxes;
            double bh = bandHeight * 0.6;
            for (int i = 0; i < boxes; i++) {
                double x = canvas.w * 0.1 + slot * (i + 0.5);
                double bw = slot * 0.72;
                if (layer > 0) {
                    double from = canvas.w * 0.1 + canvas.w * 0.8 / above * (Math.min(i, above - 1) + 0.5);
                    double middle = cy - canvas.h * 0.135;
                    arrow(from, middle - canvas.h * 0.135 + bh / 2, from, middle, x, middle, x, cy - bh / 2);
                }
                if (layer == 2) {
                    card(round(x, cy, bw * 0.8, bh, bh * 0.5), tone, false);
                    canvas.graphics.draw(new Ellipse2D.Double(x - bw * 0.4, cy - bh / 2, bw * 0.8, bh * 0.3));
                } else {
                    card(round(x, cy, bw, bh, 18), tone, false);
                }
                greek(x, cy + (layer == 2 ? bh * 0.12 : 0), bw * 0.56, 2, Tint.mix(tone, INK, 0.35));
            }
            above = boxes;
        }
    }
}
