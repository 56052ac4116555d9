package io.murmuration.cluster.worker;

import io.murmuration.batch.CompiledModel;
import io.murmuration.batch.DirectInference;
import io.murmuration.batch.Fleet;
import java.io.Serializable;

/** A model that is sent to each worker once, and compiled there when it is first needed. */
public final class WorkerModel implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Fleet.Member member;
    private transient CompiledModel compiled;

    public WorkerModel(Fleet.Member member) {
        this.member = member;
    }

    synchronized CompiledModel compiled() {
        if (compiled == null) {
            compiled = DirectInference.compile(member);
        }
        return compiled;
    }
}
