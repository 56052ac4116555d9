package io.murmuration.orchestration.spark;

/** A table that cannot be matched: the message is one sentence that says what is wrong, where, and what was expected. */
public final class InvalidTableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidTableException(String sentence) {
        super(sentence);
    }
}
