package dev.pictor.adapter.cutout;

import static dev.pictor.adapter.cutout.Scene.box;
import static dev.pictor.adapter.cutout.Scene.circle;
import static dev.pictor.adapter.cutout.Scene.flat;
import static dev.pictor.adapter.cutout.Scene.line;
import static dev.pictor.adapter.cutout.Scene.ring;
import static dev.pictor.adapter.cutout.Scene.star;
import static dev.pictor.adapter.cutout.Scene.union;

import dev.pictor.adapter.cutout.Scene.Paint;
import dev.pictor.adapter.cutout.Scene.Shape;
import java.util.List;

/** Product photos of a studio. */
final class StudioScenes {

    private static final Paint CHECKS = (x, y) ->
            ((int) (x / 9) + (int) (y / 9)) % 2 == 0 ? new double[] {30, 90, 170} : new double[] {220, 190, 60};

    private StudioScenes() {}

    private static Scene scene(String name) {
        return new Scene(name, 480, 360);
    }

    private static Paint fade(double from, double to) {
        return (x, y) -> {
            double grey = from + (to - from) * y / 360;
            return new double[] {grey, grey, grey};
        };
    }

    private static Paint vignette(double middle, double loss) {
        return (x, y) -> {
            double r = Math.hypot((x - 240) / 240, (y - 180) / 180);
            double grey = middle * (1 - loss * r * r / 2);
            return new double[] {grey, grey, grey};
        };
    }

    private static Paint sweep() {
        return (x, y) -> {
            double grey = 200 + 45 / (1 + Math.exp(-(y - 200) / 40));
            return new double[] {grey, grey, grey + 3};
        };
    }

    /** A ball of one colour, lit from above on the left. */
    private static Paint ball(double cx, double cy, double radius, double red, double green, double blue) {
        return (x, y) -> {
            double lit = 0.62 + 0.38 * Math.max(-1, -((x - cx) * 0.5 + (y - cy) * 0.8) / radius);
            return new double[] {red * lit, green * lit, blue * lit};
        };
    }

    private static Shape chair() {
        return union(
                box(170, 130, 310, 150, 4),
                line(180, 150, 165, 320, 1.2),
                line(300, 150, 315, 320, 1.2),
                line(180, 130, 175, 30, 3),
                line(300, 130, 305, 30, 3),
                line(177, 60, 303, 60, 2));
    }

    private static Shape mug() {
        return union(box(150, 90, 300, 290, 14), ring(305, 185, 52, 11));
    }

    /** Those that come out clean. */
    static List<Scene> clean() {
        return List.of(
                scene("red ball on white").product(circle(240, 180, 110), flat(190, 30, 40)),
                scene("green bottle on a grey fade")
                        .background(fade(225, 180))
                        .product(union(box(200, 120, 280, 320, 18), box(225, 40, 255, 130, 6)), flat(20, 90, 50)),
                scene("blue ball, vignette")
                        .background(vignette(240, 0.12))
                        .product(circle(250, 170, 95), flat(30, 60, 160)),
                scene("chair on a sweep")
                        .background(sweep())
                        .product(chair(), flat(110, 70, 30))
                        .option("holes", "cut"),
                scene("checked star").product(star(240, 180, 140, 7), CHECKS),
                scene("noise of 4 levels")
                        .background(flat(235, 235, 235))
                        .product(star(240, 180, 130, 5), flat(40, 40, 60))
                        .noise(4),
                scene("noise of 9 levels")
                        .background(flat(200, 205, 210))
                        .product(circle(240, 180, 110), flat(160, 40, 30))
                        .noise(9),
                scene("JPEG 90")
                        .background(flat(245, 245, 245))
                        .product(mug(), flat(20, 80, 120))
                        .jpeg(90)
                        .option("holes", "cut"),
                scene("JPEG 75")
                        .background(flat(240, 240, 240))
                        .product(star(240, 180, 140, 6), flat(150, 30, 90))
                        .jpeg(75),
                scene("JPEG 60 with noise")
                        .background(flat(228, 228, 228))
                        .product(circle(240, 180, 120), CHECKS)
                        .noise(3)
                        .jpeg(60),
                scene("soft edge of 4 px")
                        .product(circle(240, 180, 110), flat(60, 20, 20))
                        .edge(4),
                scene("white on black").background(flat(8, 8, 8)).product(star(240, 180, 140, 6), flat(240, 240, 235)),
                scene("white on black, noise")
                        .background(flat(12, 12, 12))
                        .product(circle(240, 180, 120), flat(235, 235, 230))
                        .noise(4),
                scene("black on white").product(mug(), flat(12, 12, 14)).option("holes", "cut"),
                scene("orange on blue paper")
                        .background(flat(60, 110, 190))
                        .product(star(240, 180, 130, 9), flat(240, 130, 20))
                        .noise(2),
                scene("green screen")
                        .background(flat(20, 190, 60))
                        .product(mug(), flat(200, 170, 150))
                        .option("holes", "cut"),
                scene("cut at the bottom").product(box(150, 120, 330, 400, 20), flat(70, 40, 120)),
                scene("white label in a dark box")
                        .product(
                                box(120, 60, 360, 300, 10),
                                (x, y) -> x > 180 && x < 300 && y > 120 && y < 220
                                        ? new double[] {255, 255, 255}
                                        : new double[] {50, 50, 80}),
                scene("mug, its handle cut out")
                        .product(mug(), flat(160, 120, 40))
                        .option("holes", "cut"),
                scene("ring, cut out")
                        .background(flat(240, 238, 236))
                        .product(ring(240, 180, 110, 22), flat(180, 150, 40))
                        .noise(2)
                        .option("holes", "cut"),
                scene("grey ball on white").product(circle(240, 180, 110), ball(240, 180, 110, 200, 200, 200)),
                scene("four things")
                        .product(
                                union(
                                        circle(90, 90, 50),
                                        box(250, 40, 420, 150, 8),
                                        star(120, 260, 70, 5),
                                        circle(330, 260, 60)),
                                CHECKS),
                scene("lit ball, soft shadow")
                        .background(flat(245, 245, 245))
                        .product(circle(240, 160, 100), ball(240, 160, 100, 220, 60, 40))
                        .shadow(box(170, 280, 330, 300, 10), 0.3, 18)
                        .noise(1),
                scene("box on its soft shadow")
                        .background(flat(238, 238, 238))
                        .product(box(140, 100, 340, 280, 6), flat(40, 110, 90))
                        .shadow(box(150, 200, 360, 285, 8), 0.35, 14)
                        .noise(1.5),
                scene("grey box on its shadow")
                        .background(flat(240, 240, 240))
                        .product(box(140, 100, 340, 280, 6), ball(240, 190, 130, 150, 150, 152))
                        .shadow(box(150, 255, 350, 285, 8), 0.4, 16)
                        .noise(1.5),
                scene("silver watch, soft edge")
                        .background(vignette(235, 0.08))
                        .product(
                                union(ring(240, 180, 90, 30), circle(240, 180, 65), box(205, 0, 275, 100, 4)),
                                ball(240, 180, 140, 170, 172, 178))
                        .edge(2)
                        .noise(2)
                        .jpeg(85),
                scene("a floor nearly as the wall")
                        .background((x, y) -> y < 250 ? new double[] {236, 234, 230} : new double[] {226, 223, 218})
                        .product(box(150, 120, 330, 300, 6), flat(90, 60, 40)),
                scene("red on red paper")
                        .background(flat(170, 60, 60))
                        .product(star(240, 180, 130, 8), flat(120, 20, 30))
                        .noise(2));
    }

    private static Shape wires() {
        Shape[] all = new Shape[14];
        for (int i = 0; i < all.length; i++) {
            all[i] = line(240, 180, 240 + 150 * Math.cos(i * 0.449), 180 + 150 * Math.sin(i * 0.449), 0.6);
        }
        return union(union(all), circle(240, 180, 40));
    }

    /** Those that come out less clean. */
    static List<Scene> hard() {
        return List.of(
                scene("thin wires")
                        .background(flat(230, 230, 235))
                        .product(wires(), flat(60, 60, 70))
                        .noise(1),
                scene("JPEG 40")
                        .background(flat(240, 240, 240))
                        .product(star(240, 180, 140, 6), flat(150, 30, 90))
                        .jpeg(40));
    }

    /** Glass and shadows, whose truth is more than one alpha. */
    static Scene glass() {
        return scene("glass")
                .background(flat(235, 235, 235))
                .product(box(180, 60, 300, 300, 20), flat(90, 140, 150))
                .opacity(0.45);
    }

    static Scene shadowed() {
        return scene("shadow to keep")
                .background(flat(240, 240, 240))
                .product(circle(240, 160, 90), flat(30, 120, 70))
                .shadow(box(150, 262, 330, 280, 9), 0.35, 14)
                .option("shadow", "keep");
    }

    /** White on white and the like, and too much noise, which are refused. */
    static List<Scene> faint() {
        return List.of(
                scene("noise of 14 levels")
                        .background(flat(190, 190, 195))
                        .product(circle(240, 180, 110), flat(30, 60, 120))
                        .noise(14),
                scene("white box on white").product(box(140, 80, 340, 290, 10), flat(250, 250, 250)),
                scene("white shirt on white").product(star(240, 180, 140, 4), (x, y) -> {
                    double grey = 247 - 8 * Math.sin(x / 17) * Math.sin(y / 13);
                    return new double[] {grey, grey, grey};
                }),
                scene("cream on white").product(circle(240, 180, 120), flat(252, 250, 244)),
                scene("white mug with a dark print")
                        .background(flat(250, 250, 250))
                        .product(
                                mug(),
                                (x, y) -> Math.hypot(x - 225, y - 190) < 35
                                        ? new double[] {40, 40, 120}
                                        : new double[] {244 - (x - 150) / 30, 244 - (x - 150) / 30, 244 - (x - 150) / 30
                                        }),
                scene("shaded white vase with a dark rim")
                        .product(
                                union(box(180, 60, 300, 300, 50), box(175, 50, 305, 66, 4)),
                                (x, y) -> y < 66
                                        ? new double[] {60, 60, 60}
                                        : new double[] {
                                            255 - Math.abs(x - 240) * 0.35,
                                            255 - Math.abs(x - 240) * 0.35,
                                            255 - Math.abs(x - 240) * 0.35
                                        }),
                scene("grey on grey, noise")
                        .background(flat(180, 180, 180))
                        .product(circle(240, 180, 110), flat(172, 172, 172))
                        .noise(3));
    }
}
