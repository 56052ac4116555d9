package io.murmuration.scaling;

/** The number of instances could not be changed; the message says why, in a sentence. */
public final class ScalingFailedException extends Exception {
    public ScalingFailedException(String sentence) {
        super(sentence);
    }

    public ScalingFailedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
