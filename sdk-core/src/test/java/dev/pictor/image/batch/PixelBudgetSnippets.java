package dev.pictor.image.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pictor.image.ImageBytes;
import dev.pictor.image.Imaging;
import dev.pictor.image.Picture;
import dev.pictor.image.Pictures;
import org.junit.jupiter.api.Test;

/** The code that javadoc shows. */
class PixelBudgetSnippets {

    @Test
    void acquire() throws InterruptedException {
        PixelBudget budget = PixelBudget.of(1_000);
        Imaging imaging = Imaging.ofDefaults();
        ImageBytes image = Pictures.png(20, 10);
        Picture picture;
        // @start region="acquire"
        try (PixelBudget.Permit permit = budget.acquire(image.size().pixels())) {
            picture = imaging.decode(image).picture();
        }
        // @end
        assertThat(picture.size()).isEqualTo(image.size());
        assertThat(budget.freePixels()).isEqualTo(1_000);
    }
}
