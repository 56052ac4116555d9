package io.murmuration.scaling.policy;

/** A policy that there is none of, or cannot be set so; the message is a sentence for whoever asked for it. */
public final class InvalidSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidSettingException(String sentence) {
        super(sentence);
    }

    public InvalidSettingException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
