package io.murmuration.inference;

/**
 * Numbers of arithmetic operations.
 *
 * @param multiplyAdds multiplications with the addition that follows; a multiplication, addition or division alone is one too
 * @param logarithms logarithms
 * @param exponentials exponentials
 */
public record Operations(long multiplyAdds, long logarithms, long exponentials) {
    static final Operations NONE = new Operations(0, 0, 0);

    static Operations multiplyAdds(long count) {
        return new Operations(count, 0, 0);
    }

    static Operations logarithms(long count) {
        return new Operations(0, count, 0);
    }

    Operations plus(Operations other) {
        return new Operations(
                multiplyAdds + other.multiplyAdds, logarithms + other.logarithms, exponentials + other.exponentials);
    }

    Operations times(long count) {
        return new Operations(multiplyAdds * count, logarithms * count, exponentials * count);
    }
}
