package io.murmuration.orchestration.channel;

/**
 * What became of messages that came into a mailbox, or into several, at one moment: {@code delivered = received + waiting +
 * undelivered}.
 *
 * @param delivered that were put into it
 * @param received by its agent
 * @param waiting in it
 * @param undelivered that came back when it was closed
 */
public record MailboxStatistics(long delivered, long received, long waiting, long undelivered) {
    static final MailboxStatistics NONE = new MailboxStatistics(0, 0, 0, 0);

    MailboxStatistics plus(MailboxStatistics other) {
        return new MailboxStatistics(
                delivered + other.delivered,
                received + other.received,
                waiting + other.waiting,
                undelivered + other.undelivered);
    }
}
