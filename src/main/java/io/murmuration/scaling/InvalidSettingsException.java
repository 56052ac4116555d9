package io.murmuration.scaling;

/** Settings that cannot be used; the message is a sentence that begins with the setting's path. */
public final class InvalidSettingsException extends IllegalArgumentException {
    public InvalidSettingsException(String sentence) {
        super(sentence);
    }

    public InvalidSettingsException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
