package dev.pictor.adapter.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowSearchTest {

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 128, 500, 2048})
    void costsNoMoreThanTwiceTheWholeAndFindsThreeFifths(int whole) {
        for (int there = 0; there < whole; there++) {
            Found found = search(whole, 0, there);

            assertThat(found.cost).as("cost with %s", there).isLessThanOrEqualTo(2L * whole);
            assertThat(found.rows).as("rows with %s", there).isBetween((int) (0.6 * there), there);
            assertThat(found.held).as("rows held with %s", there).isLessThanOrEqualTo(whole);
        }
    }

    /** A picture of 1024x1024, in steps of 8 rows, with 4 Mpx for free. */
    @Test
    void findsNearlyAllRowsOfAPictureThatIsSmallForWhatIsFree() {
        for (int there = 1; there < 128; there++) {
            Found found = search(128, 512, there);

            assertThat(found.cost).as("cost with %s", there).isLessThanOrEqualTo(2 * 128 + 512);
            assertThat(found.rows).as("rows with %s", there).isBetween(there - 4, there);
        }
    }

    private static Found search(int whole, int free, int there) {
        RowSearch search = new RowSearch(whole, free);
        Found found = new Found();
        found.cost = there;
        for (int rows = search.next(); rows > 0; rows = search.next()) {
            boolean present = rows <= there;
            found.cost += Math.min(rows, there);
            found.held = Math.max(found.held, found.rows + rows);
            found.rows = present ? rows : found.rows;
            search.tried(rows, present);
        }
        return found;
    }

    private static final class Found {
        long cost;
        int rows;
        int held;
    }
}
