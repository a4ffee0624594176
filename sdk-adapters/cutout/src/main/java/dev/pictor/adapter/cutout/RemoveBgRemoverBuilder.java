package dev.pictor.adapter.cutout;

/** Builds a {@link RemoveBgRemover}. Not thread-safe. */
public final class RemoveBgRemoverBuilder extends ServiceBuilder<RemoveBgRemoverBuilder> {

    RemoveBgRemoverBuilder(String apiKey) {
        super(apiKey, "removebg-1", ServiceTerms.REMOVE_BG);
    }

    @Override
    RemoveBgRemoverBuilder self() {
        return this;
    }

    /**
     * Builds the remover. Nothing is sent, and the environment is not read.
     *
     * @return the remover, to be closed by the caller
     */
    public RemoveBgRemover build() {
        return new RemoveBgRemover(new CutoutService(ServiceTerms.REMOVE_BG, this));
    }
}
