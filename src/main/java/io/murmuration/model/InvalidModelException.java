package io.murmuration.model;

/** A model that is not one; the message is one sentence that names the tensor, the place, the value and the expectation. */
public final class InvalidModelException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidModelException(String sentence) {
        super(sentence);
    }
}
