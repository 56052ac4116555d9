package io.murmuration.scaling;

import java.util.Optional;

/** The port to a catalogue of policies: makes one from its name. */
@FunctionalInterface
public interface PolicyFactory {
    /**
     * A policy that has seen nothing yet.
     *
     * @param name as in a catalogue
     * @param setting its main setting as text; empty for its default
     * @throws IllegalArgumentException with a sentence, if there is none of this name or the setting is none
     */
    ScalingPolicy create(String name, Optional<String> setting, ScalingContext context);
}
