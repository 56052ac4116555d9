package io.murmuration.scaling.spark;

/** What can be seen and switched of the autoscaler while it runs, by JMX. */
public interface ScalingControlMXBean {
    /** Whether decisions are made and written down but not carried out. */
    boolean isPaused();

    void setPaused(boolean paused);

    /** How it stands with the executors, in a sentence. */
    String getState();

    /** The reasons of the last decision. */
    String getLastReason();
}
