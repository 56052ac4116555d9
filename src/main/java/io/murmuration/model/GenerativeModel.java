package io.murmuration.model;

import java.io.Serializable;

/** What an agent believes about how hidden states come about, change with its actions, and show in observations. */
public sealed interface GenerativeModel extends Serializable permits DiscreteModel, LinearGaussianModel {
    /** The model's name, for people; the file's stem where the file gives none. */
    String name();

    /** Number of elements of an observation: modalities of a discrete model, rows of {@code H} of a Gaussian one. */
    int observationWidth();

    /** Number of elements of an action: factors of a discrete model, columns of {@code G} of a Gaussian one; 0 if the agent only perceives. */
    int actionWidth();
}
