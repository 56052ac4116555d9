package io.murmuration.orchestration;

/** What became of an answer, or of word that an attempt failed. */
public enum Receipt {
    /** The attempt was the current one, and is over by this. */
    TAKEN,
    /** The attempt was over before. An answer is kept with the task as long as that is. */
    LATE
}
