package dev.pictor.image;

import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/** What {@link ImagingProcessTest} runs in a JVM of its own. */
final class ImagingProgram {

    /** Made by {@link Pictures}; given as text, since that class would load ImageIO. */
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAACUAAAAVCAIAAABOhrD5AAAAHUlEQVR4XmNgEGahKxoFo2AUjIJRMApGwSgYYgAA2rcDVE2q"
                    + "7X4AAAAASUVORK5CYII=";

    private static final String JPEG =
            "/9j/4AAQSkZJRgABAgAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcp"
                    + "LDAxNDQ0Hyc5PTgyPC4zNDL/2wBDAQkJCQwLDBgNDRgyIRwhMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIy"
                    + "MjIyMjIyMjIyMjIyMjL/wAARCAAVACUDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAA"
                    + "AgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6"
                    + "Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXG"
                    + "x8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREA"
                    + "AgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5"
                    + "OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPE"
                    + "xcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDwDe394/nRvb+8fzpKKAsLvb+8fzo3t/eP"
                    + "50lFAWF3t/eP50UlFAWCiiigAooooAKKKKAP/9k=";

    private ImagingProgram() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        Imaging imaging = Imaging.ofDefaults();
        ImageBytes png = ImageBytes.of(Base64.getDecoder().decode(PNG));
        ImageBytes jpeg = ImageBytes.of(Base64.getDecoder().decode(JPEG));
        if (arguments[0].equals("headers")) {
            System.out.println(
                    "headers read: " + png.format() + " " + png.size() + ", " + jpeg.format() + " " + jpeg.size());
            return;
        }
        Set<String> before = threads();
        Picture first = imaging.decode(png).picture();
        Picture second = imaging.decode(jpeg).picture();
        System.out.println("decoded: " + first.size() + ", " + second.size());
        System.out.println("encoded: "
                + (imaging.encode(first, Encoding.png()).byteCount() > 0
                        && imaging.encode(second, Encoding.jpeg(80)).byteCount() > 0));
        System.out.println("cache setting: " + ImageIO.getUseCache());
        Set<String> after = threads();
        after.removeAll(before);
        System.out.println("new threads: " + after);
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
