package io.murmuration.scaling.spark;

/** What can be seen and switched of the autoscaler while it runs, by JMX. */
public interface ScalingControlMXBean {
    /** Whether somebody has paused it. */
    boolean isPaused();

    void setPaused(boolean paused);

    /** Why decisions are made and written down but not carried out, in a sentence; empty where they are carried out. */
    String getRefusal();

    /** How it stands with the executors, in a sentence. */
    String getState();

    /** The reasons of the last decision. */
    String getLastReason();
}
