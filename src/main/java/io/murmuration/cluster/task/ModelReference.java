package io.murmuration.cluster.task;

/**
 * A model that was registered.
 *
 * @param name by which people know it
 * @param sha256 of its text, in hexadecimal: two models are the same where this is
 */
public record ModelReference(String name, String sha256) {
    @Override
    public String toString() {
        return "\"" + name + "\" (" + sha256.substring(0, 12) + ")";
    }
}
