package io.murmuration.scaling;

/** A decision journal that cannot be read; the message is a sentence that says where. */
public final class InvalidJournalException extends IllegalArgumentException {
    public InvalidJournalException(String sentence) {
        super(sentence);
    }

    public InvalidJournalException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
