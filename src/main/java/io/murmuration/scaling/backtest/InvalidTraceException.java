package io.murmuration.scaling.backtest;

/** A load trace that cannot be used; the message is a sentence for whoever brought it. */
public final class InvalidTraceException extends IllegalArgumentException {
    public InvalidTraceException(String sentence) {
        super(sentence);
    }

    public InvalidTraceException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
