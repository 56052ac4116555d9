package io.murmuration.batch;

/** Leaves the decoding of a row that cannot be used. Carries no stack trace: a bad table has a million such rows. */
final class RejectedRowException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    RejectedRowException(Rejection.Code code, String reason) {
        super(reason, null, false, false);
        this.rejection = new Rejection(code, reason);
    }

    Rejection rejection() {
        return rejection;
    }
}
