package io.murmuration.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vectors and single elements yield the same bits. */
class RowMathTest {
    /** A prime: no vector's length divides it. */
    private static final int LANES = 1021;

    private static final double[] AWKWARD = {
        0,
        -0.0,
        Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Logarithm.FLOOR,
        Math.nextUp(Logarithm.FLOOR),
        Math.nextDown(Logarithm.FLOOR),
        Math.sqrt(0.5),
        Math.nextUp(Math.sqrt(0.5)),
        Math.nextDown(Math.sqrt(0.5)),
        Math.nextDown(1),
        1,
        Math.nextUp(1),
        2,
        1e300,
        Double.NaN
    };

    /** What both are asked to do, with two rows. */
    private interface Operation {
        void apply(RowMath math, double[] a, double[] b, int from, int to);
    }

    private static double[] probabilities(Random random) {
        double[] row = new double[LANES];
        for (int i = 0; i < LANES; i++) {
            row[i] = i % 3 == 0
                    ? random.nextDouble()
                    : i % 3 == 1 ? StrictMath.exp(-40 * random.nextDouble()) : AWKWARD[random.nextInt(AWKWARD.length)];
        }
        return row;
    }

    private static double[] positives(Random random) {
        double[] row = new double[LANES];
        for (int i = 0; i < LANES; i++) {
            row[i] = i % 2 == 0 ? 1 - 0.5 * random.nextDouble() : StrictMath.exp(600 * (random.nextDouble() - 0.5));
        }
        return row;
    }

    private static double[] differences(Random random) {
        double[] row = new double[LANES];
        double[] borders = {
            0, -0.0, -708, Math.nextUp(-708.0), Math.nextDown(-708.0), -1e9, Double.NEGATIVE_INFINITY, Double.NaN
        };
        for (int i = 0; i < LANES; i++) {
            row[i] = i % 3 == 0
                    ? -random.nextDouble()
                    : i % 3 == 1 ? -750 * random.nextDouble() : borders[random.nextInt(borders.length)];
        }
        return row;
    }

    private static double[] sums(Random random) {
        return random.doubles(LANES, -3, 3).toArray();
    }

    private static double[] compare(Operation operation, double[] a, double[] b, int from, int to) {
        RowMath vectors = RowMath.fastest();
        assertInstanceOf(
                VectorRowMath.class,
                vectors,
                "These tests compare nothing: their JVM runs without --add-modules=jdk.incubator.vector, which "
                        + "conf/java-options should give it, or has no vectors");
        double[][] one = {a.clone(), b.clone()};
        double[][] many = {a.clone(), b.clone()};
        operation.apply(new ScalarRowMath(), one[0], one[1], from, to);
        operation.apply(vectors, many[0], many[1], from, to);
        for (int row = 0; row < 2; row++) {
            assertArrayEquals(bits(one[row]), bits(many[row]));
        }
        for (int i = 0; i < LANES; i++) {
            if (i < from || i >= to) {
                assertEquals(a[i], many[0][i]);
                assertEquals(b[i], many[1][i]);
            }
        }
        return many[1];
    }

    private static long[] bits(double[] row) {
        return Arrays.stream(row).mapToLong(Double::doubleToLongBits).toArray();
    }

    @ParameterizedTest
    @CsvSource({"0,1021", "0,0", "0,1", "5,6", "3,1018", "1,1021", "0,8", "7,30", "1020,1021"})
    void allOperationsYieldTheSameBits(int from, int to) {
        Random random = new Random(from * 7919L + to);
        for (int round = 0; round < 20; round++) {
            compare(RowMath::addEntropy, probabilities(random), sums(random), from, to);
            compare(RowMath::flooredLogarithm, probabilities(random), sums(random), from, to);
            compare(RowMath::subtractLogarithm, positives(random), sums(random), from, to);
            compare(RowMath::exponential, differences(random), new double[LANES], from, to);
        }
    }

    /** Long enough for the compiler to have replaced what ran before. */
    @Test
    void compiledCodeYieldsTheSameBits() {
        Random random = new Random(11);
        double[] x = probabilities(random);
        double[] y = differences(random);
        double[] entropy = compare(RowMath::addEntropy, x, new double[LANES], 0, LANES);
        double[] powers = y.clone();
        new ScalarRowMath().exponential(powers, new double[LANES], 0, LANES);
        for (int round = 0; round < 3000; round++) {
            double[] again = new double[LANES];
            RowMath.fastest().addEntropy(x, again, 0, LANES);
            double[] powersAgain = y.clone();
            RowMath.fastest().exponential(powersAgain, again.clone(), LANES, LANES);
            RowMath.fastest().exponential(powersAgain, new double[LANES], 0, LANES);
            assertArrayEquals(bits(entropy), bits(again));
            assertArrayEquals(bits(powers), bits(powersAgain));
        }
    }

    @Test
    void entropyOfNothingAndOfCertaintyIsNothing() {
        double[] sum = new double[LANES];
        RowMath.fastest().addEntropy(new double[LANES], sum, 0, LANES);
        double[] ones = new double[LANES];
        Arrays.fill(ones, 1);
        RowMath.fastest().addEntropy(ones, sum, 0, LANES);
        for (double value : sum) {
            assertEquals(0.0, value, 0.0);
        }
    }

    @Test
    void aJvmWithoutTheModuleComputesOneByOneAndTheSame() throws IOException, InterruptedException {
        String classes = Path.of(System.getProperty("project.classes")).toString();
        String tests = Path.of(System.getProperty("project.classes"))
                .resolveSibling("test-classes")
                .toString();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes + System.getProperty("path.separator") + tests,
                        Plain.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertEquals("ScalarRowMath " + Plain.digest(), said.trim());
    }

    /** Says which implementation a JVM takes, and a digest of what it computes. */
    static final class Plain {
        private Plain() {}

        public static void main(String[] arguments) {
            System.out.println(RowMath.fastest().getClass().getSimpleName() + " " + digest());
        }

        static int digest() {
            Random random = new Random(5);
            double[][] rows = {probabilities(random), probabilities(random), positives(random)};
            for (double[] row : rows) {
                for (int i = 0; i < LANES; i++) {
                    row[i] = Math.min(1, Double.isNaN(row[i]) ? 0.5 : row[i]);
                }
            }
            double[] sum = new double[LANES];
            Rows.addEntropy(rows[0], sum, 0, LANES);
            Rows.subtractLogarithm(rows[2], sum, 0, LANES);
            Rows.softmax(rows, 0, rows.length, new double[LANES], 0, LANES);
            return Arrays.hashCode(sum) * 31 + Arrays.deepHashCode(rows);
        }
    }
}
