package io.murmuration.batch;

/** The caller's mistake: the message is one sentence that says what is wrong, where, and what was expected. */
public final class CallerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CallerException(String sentence) {
        super(sentence);
    }
}
