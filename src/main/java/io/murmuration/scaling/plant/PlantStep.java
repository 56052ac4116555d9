package io.murmuration.scaling.plant;

/**
 * One interval of the plant.
 *
 * @param step from 0
 * @param load work that arrived
 * @param desired instances wished for, within bounds
 * @param ready instances that worked
 * @param billed instances that are paid for: ready ones and those on their way
 * @param utilisation work done over what the ready instances could have done
 * @param queue work that was left
 * @param delaySeconds how long the queue takes at the present capacity
 * @param violated whether that is over the target
 */
public record PlantStep(
        int step,
        double load,
        int desired,
        int ready,
        int billed,
        double utilisation,
        double queue,
        double delaySeconds,
        boolean violated) {}
