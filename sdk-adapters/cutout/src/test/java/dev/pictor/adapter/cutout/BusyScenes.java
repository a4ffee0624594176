package dev.pictor.adapter.cutout;

import dev.pictor.adapter.cutout.Scene.Paint;
import dev.pictor.adapter.cutout.Scene.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Pictures that are no product photos of a studio: rooms, streets, textures. */
final class BusyScenes {

    private static final int WIDTH = 420;
    private static final int HEIGHT = 320;
    private static final List<Scene> ALL = drawn();

    private BusyScenes() {}

    static List<Scene> all() {
        return ALL;
    }

    private static List<Scene> drawn() {
        List<Scene> all = new ArrayList<>();
        for (int seed = 1; seed <= 6; seed++) {
            all.add(scene("room " + seed, room(new Random(seed))));
            all.add(scene("landscape " + seed, landscape(new Random(seed))));
            all.add(scene("leaves " + seed, leaves(new Random(seed))));
            all.add(scene("clouds " + seed, clouds(new Random(seed), 40 + 15 * seed)));
            all.add(scene("table at a wall " + seed, table(new Random(seed))));
            all.add(scene("bricks " + seed, bricks(new Random(seed))));
            all.add(scene("stripes " + seed, stripes(new Random(seed))));
            all.add(scene("lights " + seed, lights(new Random(seed))));
        }
        return all;
    }

    private static Scene scene(String name, Paint background) {
        Random random = new Random(name.hashCode());
        Shape shape =
                Scene.circle(WIDTH * (0.35 + 0.3 * random.nextDouble()), HEIGHT * 0.55, 60 + 30 * random.nextDouble());
        return new Scene(name, WIDTH, HEIGHT)
                .background(background)
                .product(shape, color(random))
                .noise(2);
    }

    private static Paint color(Random random) {
        return Scene.flat(40 + random.nextInt(180), 40 + random.nextInt(180), 40 + random.nextInt(180));
    }

    /** Smooth random numbers over the plane, -1 to 1. */
    private static Shape waves(Random random, double size) {
        double[][] waves = new double[9][4];
        for (double[] wave : waves) {
            double angle = 2 * Math.PI * random.nextDouble();
            double pace = 2 * Math.PI / size * (0.5 + 1.5 * random.nextDouble());
            wave[0] = pace * Math.cos(angle);
            wave[1] = pace * Math.sin(angle);
            wave[2] = 2 * Math.PI * random.nextDouble();
        }
        return (x, y) -> {
            double sum = 0;
            for (double[] wave : waves) {
                sum += Math.sin(wave[0] * x + wave[1] * y + wave[2]);
            }
            return sum / 4;
        };
    }

    private static Paint shaded(double[] color, Shape by, double amount) {
        return (x, y) -> {
            double light = 1 + amount * by.distance(x, y);
            return new double[] {color[0] * light, color[1] * light, color[2] * light};
        };
    }

    private static Paint room(Random random) {
        Paint wall = shaded(color(random).at(0, 0), waves(random, 300), 0.1);
        Paint floor = shaded(color(random).at(0, 0), waves(random, 25), 0.15);
        double line = HEIGHT * (0.6 + 0.25 * random.nextDouble());
        List<Shape> furniture = new ArrayList<>();
        List<Paint> paints = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            double x = WIDTH * random.nextDouble();
            double y = HEIGHT * random.nextDouble();
            furniture.add(
                    Scene.box(x - 20 - 50 * random.nextDouble(), y - 40, x + 30, y + 60 * random.nextDouble(), 3));
            paints.add(color(random));
        }
        return (x, y) -> {
            for (int i = 0; i < furniture.size(); i++) {
                if (furniture.get(i).distance(x, y) < 0) {
                    return paints.get(i).at(x, y);
                }
            }
            return (y < line ? wall : floor).at(x, y);
        };
    }

    private static Paint landscape(Random random) {
        Shape hill = waves(random, 220);
        Paint ground = shaded(new double[] {70, 110, 50}, waves(random, 12), 0.3);
        double line = HEIGHT * (0.35 + 0.3 * random.nextDouble());
        return (x, y) -> y + 30 * hill.distance(x, 0) < line
                ? new double[] {120 + 0.2 * y, 170 + 0.15 * y, 230}
                : ground.at(x, y);
    }

    private static Paint leaves(Random random) {
        double[][] all = new double[260][];
        for (int i = 0; i < all.length; i++) {
            all[i] = new double[] {
                WIDTH * random.nextDouble(),
                HEIGHT * random.nextDouble(),
                8 + 22 * random.nextDouble(),
                random.nextDouble()
            };
        }
        return (x, y) -> {
            double[] color = {40, 60, 30};
            for (double[] leaf : all) {
                if (Math.hypot(x - leaf[0], (y - leaf[1]) * 1.6) < leaf[2]) {
                    color = new double[] {30 + 90 * leaf[3], 80 + 120 * leaf[3], 30 + 40 * leaf[3]};
                }
            }
            return color;
        };
    }

    private static Paint clouds(Random random, double size) {
        return shaded(new double[] {150, 150, 155}, waves(random, size), 0.35);
    }

    private static Paint table(Random random) {
        Paint wall = shaded(new double[] {225, 222, 215}, waves(random, 400), 0.02);
        Paint wood = shaded(new double[] {150, 105, 60}, waves(random, 30), 0.12);
        double line = HEIGHT * (0.55 + 0.3 * random.nextDouble());
        return (x, y) -> (y < line ? wall : wood).at(x, y);
    }

    private static Paint bricks(Random random) {
        double high = 14 + 14 * random.nextDouble();
        Shape light = waves(random, 60);
        return (x, y) -> {
            int row = (int) (y / high);
            double in = (x + (row % 2) * high) % (2 * high);
            boolean mortar = y % high < 2 || in < 2;
            double shade = 1 + 0.15 * light.distance(x, y);
            return mortar ? new double[] {190, 185, 180} : new double[] {150 * shade, 75 * shade, 60 * shade};
        };
    }

    private static Paint stripes(Random random) {
        double pace = 6 + 40 * random.nextDouble();
        double angle = Math.PI * random.nextDouble();
        double[] one = color(random).at(0, 0);
        double[] other = color(random).at(0, 0);
        return (x, y) -> (x * Math.cos(angle) + y * Math.sin(angle) + 9_000) % pace < pace / 2 ? one : other;
    }

    private static Paint lights(Random random) {
        double[][] all = new double[40][];
        for (int i = 0; i < all.length; i++) {
            all[i] = new double[] {
                WIDTH * random.nextDouble(),
                HEIGHT * random.nextDouble(),
                12 + 25 * random.nextDouble(),
                60 + 120 * random.nextDouble()
            };
        }
        return (x, y) -> {
            double sum = 25;
            for (double[] light : all) {
                double far = Math.hypot(x - light[0], y - light[1]) / light[2];
                sum += light[3] * Math.exp(-far * far);
            }
            return new double[] {Math.min(255, sum), Math.min(255, sum * 0.8), Math.min(255, sum * 0.6)};
        };
    }
}
