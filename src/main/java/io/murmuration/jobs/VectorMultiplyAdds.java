package io.murmuration.jobs;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Fused multiply-adds on vectors: enough chains that depend on nothing of each other to fill the pipelines. */
final class VectorMultiplyAdds implements MultiplyAdds {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int CHAINS = 10;

    /** In a method of its own, so that nobody links this class where the module is absent. */
    static MultiplyAdds create() {
        return new VectorMultiplyAdds();
    }

    @Override
    public double run(int turns) {
        DoubleVector factor = DoubleVector.broadcast(SPECIES, 0.5);
        DoubleVector term = DoubleVector.broadcast(SPECIES, 0.25);
        DoubleVector a = term;
        DoubleVector b = term;
        DoubleVector c = term;
        DoubleVector d = term;
        DoubleVector e = term;
        DoubleVector f = term;
        DoubleVector g = term;
        DoubleVector h = term;
        DoubleVector i = term;
        DoubleVector j = term;
        for (int turn = 0; turn < turns; turn++) {
            a = a.fma(factor, term);
            b = b.fma(factor, term);
            c = c.fma(factor, term);
            d = d.fma(factor, term);
            e = e.fma(factor, term);
            f = f.fma(factor, term);
            g = g.fma(factor, term);
            h = h.fma(factor, term);
            i = i.fma(factor, term);
            j = j.fma(factor, term);
        }
        DoubleVector sum =
                a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j);
        return sum.reduceLanes(VectorOperators.ADD);
    }

    @Override
    public int perTurn() {
        return CHAINS * SPECIES.length();
    }
}
