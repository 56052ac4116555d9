package io.murmuration.stream.dstream;

import java.io.Serializable;

/**
 * Ties what Spark keeps of a stream in its checkpoint to the driver's side of it, which is none of it: every start attaches its
 * own.
 */
final class DriverLink implements Serializable {
    private static final long serialVersionUID = 1L;

    private transient volatile DStreamDriver driver;

    void attach(DStreamDriver side) {
        driver = side;
    }

    DStreamDriver driver() {
        return driver;
    }
}
