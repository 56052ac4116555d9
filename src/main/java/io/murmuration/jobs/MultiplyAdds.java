package io.murmuration.jobs;

/** Multiply-adds in registers, as many at a time as the machine can do, and nothing else. */
interface MultiplyAdds {

    /** Runs a number of turns and returns something that depends on all of them. */
    double run(int turns);

    /** Multiply-adds of a turn. */
    int perTurn();

    /** The widest that this JVM has: vectors, or loops over short arrays that the compiler makes vectors of. */
    static MultiplyAdds widest() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            return VectorMultiplyAdds.create();
        }
        return new ArrayMultiplyAdds();
    }
}
