package io.murmuration.batch;

/** How results are stored. */
public enum Precision {
    DOUBLE,
    SINGLE
}
