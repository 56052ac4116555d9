package io.murmuration.orchestration.channel;

import io.murmuration.orchestration.channel.Delivery.Reason;
import java.util.Map;

/**
 * What became of all messages that were sent.
 *
 * @param mailboxes of all of them, those that were closed included
 * @param refused messages that came into no mailbox; every reason is there
 */
public record ChannelStatistics(MailboxStatistics mailboxes, Map<Reason, Long> refused) {
    public ChannelStatistics {
        refused = Map.copyOf(refused);
    }

    /** How many messages were to be sent, a broadcast being one for each of its receivers. */
    public long sent() {
        return mailboxes.delivered()
                + refused.values().stream().mapToLong(Long::longValue).sum();
    }
}
