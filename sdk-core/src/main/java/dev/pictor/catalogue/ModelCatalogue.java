package dev.pictor.catalogue;

import static java.util.Objects.requireNonNull;

import dev.pictor.gateway.price.PriceCatalogue;
import dev.pictor.model.ModelProfile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The models of one vendor: ids, other names, what each can do, and which is the choice for what. Adapters bring theirs
 * as a file; {@code docs/adapters/catalogue.md} tells its form. Prices, retirement dates and successors come from a
 * {@link PriceCatalogue}, so that they are written in one place. Immutable.
 */
public final class ModelCatalogue {

    private final String vendor;
    private final String provider;
    private final List<CatalogueModel> models;

    ModelCatalogue(String vendor, String provider, List<CatalogueModel> models) {
        this.vendor = vendor;
        this.provider = provider;
        this.models = List.copyOf(models);
        checkNames();
    }

    /**
     * Reads a catalogue whose prices are those of {@link PriceCatalogue#builtIn()}.
     *
     * @param beside the class beside whose file it is, in the same package of the same artifact
     * @param fileName the file's name, such as {@code models.json}
     * @return the catalogue
     * @throws IllegalArgumentException if anything in the file is wrong: the message names what
     * @throws IllegalStateException if there is no such file
     */
    public static ModelCatalogue beside(Class<?> beside, String fileName) {
        try (InputStream json = beside.getResourceAsStream(fileName)) {
            if (json == null) {
                throw new IllegalStateException(fileName + " is missing beside " + beside.getName());
            }
            return read(fileName, json, PriceCatalogue.builtIn());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + fileName, e);
        }
    }

    /**
     * Reads a catalogue.
     *
     * @param name what to call it in messages
     * @param json UTF-8, read to its end and left open
     * @param prices what the models cost
     * @return the catalogue
     * @throws IllegalArgumentException if anything in it is wrong: the message names what
     * @throws IOException if it cannot be read
     */
    public static ModelCatalogue read(String name, InputStream json, PriceCatalogue prices) throws IOException {
        return new CatalogueReader(requireNonNull(name, "name"), requireNonNull(prices, "prices"))
                .read(requireNonNull(json, "json"));
    }

    /**
     * Returns whose models these are.
     *
     * @return a name for people, such as {@code Google Gemini}
     */
    public String vendor() {
        return vendor;
    }

    /**
     * Returns who serves them.
     *
     * @return a {@link ModelProfile#provider()}
     */
    public String provider() {
        return provider;
    }

    /**
     * Returns all models.
     *
     * @return in the order of the file, retired ones too
     */
    public List<CatalogueModel> models() {
        return models;
    }

    /**
     * Returns all profiles of one kind.
     *
     * @param kind what they do
     * @return in the order of the file, retired ones too
     */
    public List<ModelProfile> profiles(ModelKind kind) {
        return models.stream()
                .filter(model -> model.kind() == kind)
                .map(CatalogueModel::profile)
                .toList();
    }

    /**
     * Finds a model.
     *
     * @param name its id, an alias, or the name of a retired model in whose place it answers
     * @return the model, or empty if there is none of that name
     */
    public Optional<CatalogueModel> find(String name) {
        return models.stream().filter(model -> model.answersTo(name)).findFirst();
    }

    /**
     * Returns the choice for a tier.
     *
     * @param kind what it is to do
     * @param tier what matters most
     * @return the profile
     * @throws IllegalArgumentException if this vendor has no such choice
     */
    public ModelProfile profile(ModelKind kind, ModelTier tier) {
        return models.stream()
                .filter(model -> model.kind() == kind && model.tiers().contains(tier))
                .map(CatalogueModel::profile)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(vendor + " has no " + tier.word() + " model for " + kind));
    }

    /**
     * Returns the profile of a model.
     *
     * @param kind what it is to do
     * @param name its id, an alias, the name of a retired model, or a tier: {@code fast}, {@code balanced}, {@code best}
     * @return the profile; for the name of a retired model that of its successor, with a {@link ModelProfile#notice()}
     * @throws IllegalArgumentException if this vendor has no such model: the message lists those that it has
     */
    public ModelProfile profile(ModelKind kind, String name) {
        Optional<ModelTier> tier = Arrays.stream(ModelTier.values())
                .filter(one -> one.word().equals(name))
                .findFirst();
        if (tier.isPresent()) {
            return profile(kind, tier.get());
        }
        return find(name)
                .filter(model -> model.kind() == kind)
                .map(model -> model.profileFor(name))
                .orElseThrow(() -> new IllegalArgumentException(vendor + " has no model \"" + name + "\" for " + kind
                        + "; it has "
                        + profiles(kind).stream().map(ModelProfile::id).collect(Collectors.joining(", "))));
    }

    private void checkNames() {
        Set<String> names = new HashSet<>();
        models.stream()
                .flatMap(model -> Stream.of(
                                Stream.of(model.profile().id()),
                                model.profile().aliases().stream(),
                                model.replaces().stream().map(RetiredName::id))
                        .flatMap(all -> all))
                .filter(name -> !names.add(name))
                .findFirst()
                .ifPresent(twice -> {
                    throw new IllegalArgumentException(vendor + " has two models named " + twice);
                });
    }

    @Override
    public String toString() {
        return "ModelCatalogue[" + vendor + ", " + models.size() + " models]";
    }
}
