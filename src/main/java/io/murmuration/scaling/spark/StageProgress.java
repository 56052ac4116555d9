package io.murmuration.scaling.spark;

/**
 * How far an attempt of a stage is.
 *
 * @param id of the stage
 * @param attempt of it
 * @param name what Spark's own pages call it
 * @param pending tasks that wait for a slot
 * @param running tasks under way
 */
record StageProgress(int id, int attempt, String name, int pending, int running) {
    int tasks() {
        return pending + running;
    }
}
