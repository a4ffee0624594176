package dev.pictor.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/** One call, priced: part by part, each part empty where its price is unknown. */
final class Bill {

    /** What vendors wrap around a prompt: roles, separators, instructions of their own. A bound of ours. */
    private static final long WRAPPING_TOKENS = 256;

    private static final Optional<BigDecimal> NOTHING = Optional.of(BigDecimal.ZERO);
    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final Price price;
    private final PlannedUse use;
    private final RateChoice choice;
    private final boolean byRequest;
    private RateChoice.Found drawnByPicture = RateChoice.Found.NOTHING; // until it is known how many tokens are read

    private Bill(Price price, PlannedUse use, LocalDate day) {
        this.price = price;
        this.use = use;
        this.choice = new RateChoice(price.rates(), use, day);
        this.byRequest = !requests().isEmpty();
    }

    static Bill of(Price price, PlannedUse use, LocalDate day) {
        return new Bill(price, use, day);
    }

    Optional<Money> estimate() {
        tokensRead(0, mostTokensRead());
        boolean covered = byRequest
                || (use.images() > 0 && !pictures(Rate.Direction.OUTPUT).isEmpty());
        return total(requestPart(), textReadBound(covered), picturesReadBound(covered), writtenBound(), drawnBound());
    }

    Optional<Money> actual(Usage usage) {
        if (usage.inputTokens().isEmpty() && usage.outputTokens().isEmpty() && usage.images() == 0) {
            return byRequest && choice.isByRequestAlone() ? total(requestPart()) : Optional.empty();
        }
        boolean isReadUnknown = use.documents() > 0 && usage.inputTextTokens().isEmpty();
        long read = isReadUnknown ? mostTokensRead() : usage.inputTokens().orElse(mostTokensRead());
        tokensRead(isReadUnknown ? 0 : read, read);
        boolean covered = byRequest
                || (usage.images() > 0 && !pictures(Rate.Direction.OUTPUT).isEmpty());
        return total(
                requestPart(),
                isReadUnknown ? textReadBound(covered) : textRead(usage, covered),
                isReadUnknown ? picturesReadBound(covered) : picturesRead(usage, covered),
                written(usage, covered),
                drawn(usage));
    }

    // ---- bounds, from what is planned

    private Optional<BigDecimal> requestPart() {
        return byRequest ? dearest(requests(), rate -> 1) : NOTHING;
    }

    private Optional<BigDecimal> textReadBound(boolean covered) {
        if (use.documents() > 0) {
            return documentsReadBound(covered);
        }
        if (use.promptBytes() == 0) {
            return NOTHING;
        }
        return tokens(Rate.Modality.TEXT, Rate.Direction.INPUT, promptTokens(), covered);
    }

    /** All that a model reads beside a document is within its limit too. Vendors count pages as text or as pictures. */
    private Optional<BigDecimal> documentsReadBound(boolean covered) {
        RateChoice.Found asText = choice.tokens(Rate.Modality.TEXT, Rate.Direction.INPUT);
        if (asText.isEmpty()) {
            return otherwise(covered);
        }
        long most = use.maxInputTokens().orElse(RateChoice.UNKNOWN);
        RateChoice.Found asPictures = choice.tokens(Rate.Modality.IMAGE, Rate.Direction.INPUT);
        return dearest(asText, rate -> most)
                .map(text -> asPictures.isEmpty()
                        ? text
                        : text.max(dearest(asPictures, rate -> most).orElseThrow()));
    }

    private Optional<BigDecimal> picturesReadBound(boolean covered) {
        if (use.inputImages() == 0) {
            return NOTHING;
        }
        if (isUnpriced(Rate.Direction.INPUT)) {
            return otherwise(covered);
        }
        return onePicture(Rate.Direction.INPUT).map(one -> times(one, use.inputImages()));
    }

    private Optional<BigDecimal> writtenBound() {
        RateChoice.Found rates = choice.tokens(Rate.Modality.TEXT, Rate.Direction.OUTPUT);
        if (rates.isEmpty()) {
            boolean text = use.images() == 0 && use.maxOutputTokens().orElse(0) > 0;
            return text && !byRequest ? Optional.empty() : NOTHING;
        }
        OptionalLong most = mostTokensWritten();
        return most.isEmpty() ? Optional.empty() : dearest(rates, rate -> most.getAsLong());
    }

    private Optional<BigDecimal> drawnBound() {
        if (use.images() == 0) {
            return NOTHING;
        }
        if (isUnpriced(Rate.Direction.OUTPUT)) {
            return otherwise(byRequest);
        }
        Optional<BigDecimal> one = onePicture(Rate.Direction.OUTPUT);
        OptionalLong most = mostTokensWritten();
        if (one.isEmpty() && pictures(Rate.Direction.OUTPUT).isEmpty() && most.isPresent()) {
            return dearest(choice.tokens(Rate.Modality.IMAGE, Rate.Direction.OUTPUT), rate -> most.getAsLong());
        }
        return one.map(amount -> times(amount, use.images()));
    }

    private boolean isUnpriced(Rate.Direction direction) {
        return pictures(direction).isEmpty()
                && choice.tokens(Rate.Modality.IMAGE, direction).isEmpty();
    }

    /** The most that one picture costs: by the picture, or by the tokens that it counts, whichever is more. */
    private Optional<BigDecimal> onePicture(Rate.Direction direction) {
        RateChoice.Found byPicture = pictures(direction);
        RateChoice.Found byToken = choice.tokens(Rate.Modality.IMAGE, direction);
        if (!byPicture.isEmpty()) {
            Optional<BigDecimal> flat = dearest(byPicture, choice::units);
            long tokens = byPicture.mostTokens();
            return flat.map(one -> one.max(
                    byToken.isEmpty()
                            ? BigDecimal.ZERO
                            : dearest(byToken, rate -> tokens).orElseThrow()));
        }
        return byToken.isEmpty()
                ? Optional.empty()
                : dearest(byToken, rate -> rate.tokens().orElse(RateChoice.UNKNOWN));
    }

    // ---- amounts, from what was counted

    private Optional<BigDecimal> textRead(Usage usage, boolean covered) {
        if (usage.inputTextTokens().isEmpty()) {
            return textReadBound(covered);
        }
        return read(
                Rate.Modality.TEXT,
                usage.inputTextTokens().getAsLong(),
                usage.cachedTextTokens().orElse(0),
                covered);
    }

    private Optional<BigDecimal> picturesRead(Usage usage, boolean covered) {
        long counted = usage.inputImageTokens().orElse(0);
        boolean byToken =
                !choice.tokens(Rate.Modality.IMAGE, Rate.Direction.INPUT).isEmpty();
        if (counted > 0 && byToken) {
            return read(Rate.Modality.IMAGE, counted, usage.cachedImageTokens().orElse(0), covered);
        }
        boolean inTheText = byToken && usage.inputTextTokens().isPresent();
        if (counted == 0 && (use.inputImages() == 0 || inTheText)) {
            return NOTHING;
        }
        return use.inputImages() > 0 ? picturesReadBound(covered) : otherwise(covered);
    }

    private Optional<BigDecimal> written(Usage usage, boolean covered) {
        long counted = usage.outputTextTokens().orElse(0);
        if (counted > 0) {
            return tokens(Rate.Modality.TEXT, Rate.Direction.OUTPUT, counted, covered);
        }
        boolean drew = usage.images() > 0 || usage.outputImageTokens().orElse(0) > 0;
        boolean notReported = usage.outputTextTokens().isEmpty()
                && !drew
                && !choice.tokens(Rate.Modality.TEXT, Rate.Direction.OUTPUT).isEmpty();
        return notReported ? Optional.empty() : NOTHING;
    }

    private Optional<BigDecimal> drawn(Usage usage) {
        long counted = usage.outputImageTokens().orElse(0);
        RateChoice.Found byToken = choice.tokens(Rate.Modality.IMAGE, Rate.Direction.OUTPUT);
        if (counted > 0 && !byToken.isEmpty()) {
            return dearest(byToken, rate -> counted);
        }
        if (counted == 0 && usage.images() == 0) {
            return NOTHING;
        }
        RateChoice.Found byPicture = pictures(Rate.Direction.OUTPUT);
        if (usage.images() > 0 && !byPicture.isEmpty()) {
            return dearest(byPicture, choice::units).map(one -> times(one, usage.images()));
        }
        return otherwise(byRequest);
    }

    private Optional<BigDecimal> read(Rate.Modality modality, long counted, long cached, boolean covered) {
        boolean cheaper = cached > 0
                && !choice.tokens(modality, Rate.Direction.CACHED_INPUT).isEmpty();
        long held = cheaper ? Math.min(cached, counted) : 0;
        Optional<BigDecimal> fresh = tokens(modality, Rate.Direction.INPUT, counted - held, covered);
        return held == 0
                ? fresh
                : fresh.flatMap(sum -> tokens(modality, Rate.Direction.CACHED_INPUT, held, covered)
                        .map(sum::add));
    }

    // ---- shared

    private Optional<BigDecimal> tokens(Rate.Modality modality, Rate.Direction direction, long count, boolean covered) {
        if (count == 0) {
            return NOTHING;
        }
        RateChoice.Found rates = choice.tokens(modality, direction);
        return rates.isEmpty() ? otherwise(covered) : dearest(rates, rate -> count);
    }

    /** What a thing without a rate costs: nothing where the picture or the call covers it, else nobody knows. */
    private Optional<BigDecimal> otherwise(boolean covered) {
        return covered && !choice.countsTokens() ? NOTHING : Optional.empty();
    }

    private void tokensRead(long least, long most) {
        choice.tokensRead(least, most);
        drawnByPicture = choice.pictures(Rate.Direction.OUTPUT);
    }

    private RateChoice.Found pictures(Rate.Direction direction) {
        return direction == Rate.Direction.OUTPUT ? drawnByPicture : choice.pictures(direction);
    }

    private RateChoice.Found requests() {
        return choice.requests();
    }

    private long promptTokens() {
        return use.promptBytes() == 0 ? 0 : saturated(use.promptBytes(), WRAPPING_TOKENS);
    }

    private long mostTokensRead() {
        if (use.documents() > 0) {
            return use.maxInputTokens().orElse(Long.MAX_VALUE);
        }
        if (use.inputImages() == 0) {
            return promptTokens();
        }
        long each = choice.mostTokensOfAPictureRead();
        return each == RateChoice.UNKNOWN ? Long.MAX_VALUE : saturated(promptTokens(), each * use.inputImages());
    }

    private OptionalLong mostTokensWritten() {
        OptionalLong model = price.maxOutputTokens();
        OptionalLong said = use.maxOutputTokens();
        if (model.isEmpty() || said.isEmpty()) {
            return said.isPresent() ? said : model;
        }
        return OptionalLong.of(Math.min(model.getAsLong(), said.getAsLong()));
    }

    private static BigDecimal times(BigDecimal amount, long count) {
        return count == 1 ? amount : amount.multiply(BigDecimal.valueOf(count));
    }

    private static long saturated(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** Returns the most that any of the rates asks for its count, or empty if a count is unknown or the rates are. */
    private static Optional<BigDecimal> dearest(RateChoice.Found rates, ToLongFunction<Rate> count) {
        BigDecimal dearest = BigDecimal.ZERO;
        for (Rate rate : rates.rates()) {
            long units = count.applyAsLong(rate);
            if (units == RateChoice.UNKNOWN) {
                return Optional.empty();
            }
            BigDecimal amount = times(rate.amount(), units);
            dearest = dearest.max(rate.per() == 1 ? amount : amount.scaleByPowerOfTen(-6));
        }
        return rates.isEmpty() ? Optional.empty() : Optional.of(dearest);
    }

    @SafeVarargs
    private Optional<Money> total(Optional<BigDecimal>... parts) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Optional<BigDecimal> part : parts) {
            if (part.isEmpty()) {
                return Optional.empty();
            }
            sum = sum.signum() == 0 ? part.get() : sum.add(part.get());
        }
        BigDecimal nanos = sum.scaleByPowerOfTen(9).setScale(0, RoundingMode.CEILING);
        return nanos.compareTo(LARGEST) > 0
                ? Optional.empty() // no vendor asks that much: the counts are nonsense
                : Optional.of(new Money(nanos.longValueExact(), price.currency()));
    }
}
