package dev.pictor.model;

import java.util.List;
import java.util.Optional;

/** What every model answer tells beside its content. */
public interface ModelResult {

    /**
     * What the vendor counted. Default: nothing reported, which is not the same as nothing used.
     *
     * @return tokens and pictures
     */
    Usage usage();

    /**
     * Why the model stopped. Default: {@link FinishReason#STOP}.
     *
     * @return the reason
     */
    FinishReason finishReason();

    /**
     * The model that answered, as the vendor names it.
     *
     * @return a model id
     */
    String servedBy();

    /**
     * The options that were not honoured. Default: none.
     *
     * @return one for each option
     */
    List<OptionWarning> warnings();

    /**
     * The vendor's name for this request, for its support desk. Default: empty.
     *
     * @return the id
     */
    Optional<String> vendorRequestId();
}
