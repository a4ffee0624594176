package dev.pictor.gateway.price;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The prices of a file, which can be read again while calls go on. Thread-safe. Calls that run while it is read again
 * see either all of the old prices or all of the new ones.
 */
public final class PriceFile implements PriceCatalogue {

    /** The largest price list that is read. */
    static final int MAX_BYTES = 4 << 20;

    private final Path file;
    private volatile PriceTable table;

    private PriceFile(Path file, PriceTable table) {
        this.file = file;
        this.table = table;
    }

    static PriceFile open(Path file) {
        return new PriceFile(requireNonNull(file, "file"), read(file));
    }

    /**
     * Reads the file again.
     *
     * @throws PriceFileException if the file cannot be read or anything in it is wrong; the prices that were read last
     *     stay in force
     */
    public void reload() {
        table = read(file);
    }

    @Override
    public Optional<PricedModel> find(String provider, String modelId) {
        return table.find(provider, modelId);
    }

    @Override
    public List<PricedModel> models() {
        return table.models();
    }

    private static PriceTable read(Path file) {
        byte[] json;
        try (InputStream in = Files.newInputStream(file)) {
            json = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new PriceFileException(
                    file.toString(),
                    List.of("it cannot be read: " + e.getClass().getSimpleName()),
                    e);
        }
        if (json.length > MAX_BYTES) {
            throw new PriceFileException(
                    file.toString(), List.of("it must have at most " + MAX_BYTES + " bytes"), null);
        }
        return new PriceTable(PriceReader.read(file.toString(), json));
    }
}
