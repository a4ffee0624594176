package dev.pictor.examples;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.Imaging;
import dev.pictor.image.Picture;
import dev.pictor.image.Rendition;
import dev.pictor.image.Resize;
import dev.pictor.image.color.RgbColor;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/**
 * Renditions on one sheet, two in a row: each whole within a box, then the pixels in its middle as they are, then a
 * caption. What is drawn was encoded and decoded again, so that it shows what encoding does.
 */
final class ContactSheet {

    private static final int BOX = 300;
    private static final int GAP = 12;
    private static final int CAPTION = 34;
    private static final int COLUMNS = 2;
    private static final int CELL_WIDTH = 2 * BOX + 2 * GAP;
    private static final int CELL_HEIGHT = BOX + CAPTION + GAP;
    private static final Color PAPER = new Color(0xF4F4F4);

    private record Cell(Rendition rendition, Picture picture) {}

    private final List<Cell> cells;

    private ContactSheet(List<Cell> cells) {
        this.cells = cells;
    }

    static ContactSheet of(List<Rendition> renditions, Imaging imaging) {
        return new ContactSheet(renditions.stream()
                .map(rendition -> new Cell(
                        rendition, imaging.decode(rendition.image()).picture().over(RgbColor.WHITE)))
                .toList());
    }

    Picture draw() {
        int rows = (cells.size() + COLUMNS - 1) / COLUMNS;
        BufferedImage canvas =
                new BufferedImage(COLUMNS * CELL_WIDTH + GAP, rows * CELL_HEIGHT + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = canvas.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
            pen.setColor(PAPER);
            pen.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
            for (int i = 0; i < cells.size(); i++) {
                draw(cells.get(i), pen, GAP + i % COLUMNS * CELL_WIDTH, GAP + Math.floorDiv(i, COLUMNS) * CELL_HEIGHT);
            }
        } finally {
            pen.dispose();
        }
        return Picture.from(canvas);
    }

    private static void draw(Cell cell, Graphics2D pen, int x, int y) {
        BufferedImage whole = cell.picture().resized(Resize.fit(BOX, BOX)).toBufferedImage();
        pen.drawImage(whole, x, y, null);
        BufferedImage pixels = cell.picture().toBufferedImage();
        int width = Math.min(BOX, pixels.getWidth());
        int height = Math.min(BOX, pixels.getHeight());
        pen.drawImage(
                pixels.getSubimage((pixels.getWidth() - width) / 2, (pixels.getHeight() - height) / 2, width, height),
                x + BOX + GAP / 2,
                y,
                null);
        pen.setColor(Color.BLACK);
        pen.drawString(caption(cell.rendition()), x, y + BOX + 20);
    }

    private static String caption(Rendition rendition) {
        ImageBytes image = rendition.image();
        return String.format(
                Locale.ROOT,
                "%s: %s, %s, %d bytes",
                rendition.preset().name(),
                image.size(),
                image.format(),
                image.byteCount());
    }
}
