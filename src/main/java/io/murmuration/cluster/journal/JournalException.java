package io.murmuration.cluster.journal;

/** The journal cannot be read or written: the message says which, and why. */
public final class JournalException extends Exception {
    private static final long serialVersionUID = 1L;

    JournalException(String sentence, Exception why) {
        super(sentence, why);
    }
}
