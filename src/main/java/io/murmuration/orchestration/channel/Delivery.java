package io.murmuration.orchestration.channel;

/** What became of a message that was sent. */
public sealed interface Delivery {
    /** It is in the receiver's mailbox. Whether it is ever received, the receiver decides. */
    record Delivered(Message message) implements Delivery {}

    /** It is nowhere: not in the mailbox, not kept to be tried again. */
    record Refused(String receiver, Reason reason) implements Delivery {
        /** In words. */
        public String sentence() {
            return "The message to " + receiver + " is refused: " + reason.words;
        }
    }

    /** Why a message is refused. */
    enum Reason {
        /** As many messages wait as the mailbox takes. */
        MAILBOX_FULL("its mailbox is full"),
        /** There has never been a mailbox of this name. */
        UNKNOWN_RECEIVER("no agent of this name has had a mailbox"),
        /** The mailbox was closed. */
        CLOSED("its mailbox is closed");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }
}
