package io.murmuration.scaling.spark;

/** How it stands with the control of executors; {@link #inWords} is a sentence for people. */
public sealed interface ControllerState {
    String inWords();

    /** There are as many as were asked for, or they are on their way. */
    record Working() implements ControllerState {
        @Override
        public String inWords() {
            return "executors come and go as asked for";
        }
    }

    /** The cluster manager has acknowledged no number yet. */
    record Starting() implements ControllerState {
        @Override
        public String inWords() {
            return "the cluster manager has not acknowledged a number of executors yet";
        }
    }

    /** The number of executors cannot be changed here. */
    record Refused(String inWords) implements ControllerState {}

    /** Fewer came than were asked for, for longer than they should take. */
    record Unfulfilled(String inWords) implements ControllerState {}

    /** Launches fail over and over; no more are tried for a while. */
    record Broken(String inWords) implements ControllerState {}
}
