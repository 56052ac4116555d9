package io.murmuration.orchestration.channel;

import com.fasterxml.jackson.databind.JsonNode;
import io.murmuration.orchestration.channel.Delivery.Reason;
import io.murmuration.orchestration.channel.Delivery.Refused;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ways for messages between agents, for any number of threads.
 *
 * <p>Delivery is at most once: a message is received by one call, or comes back when its mailbox closes, and is never sent again
 * by itself. Messages of a sender to a receiver come in the order in which they were sent, numbered without gaps; of different
 * senders there is no order. Senders never wait: whether a message is in the mailbox is known when the call returns.
 */
public final class Channels implements AutoCloseable {
    private final InstantSource clock;
    private final ConcurrentHashMap<String, Mailbox> mailboxes = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Set<String>> topics = new ConcurrentHashMap<>();
    private final Map<Reason, AtomicLong> refused = new EnumMap<>(Reason.class);
    /** Of mailboxes that others have taken the place of. */
    private MailboxStatistics past = MailboxStatistics.NONE;

    private boolean closed;

    /** @param clock what time messages bear */
    public Channels(InstantSource clock) {
        this.clock = clock;
        for (Reason reason : Reason.values()) {
            refused.put(reason, new AtomicLong());
        }
    }

    /**
     * Opens the mailbox of an agent, in place of an earlier one that was closed.
     *
     * @param agent its name, not blank
     * @param capacity how many messages may wait, at least 1
     * @throws IllegalArgumentException if the name is blank or the capacity below 1
     * @throws IllegalStateException if the agent has one that is open, or all is closed
     */
    public synchronized Mailbox open(String agent, int capacity) {
        checkName("agent", agent);
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    "The mailbox of " + agent + " takes " + capacity + " messages, expected at least 1");
        }
        if (closed) {
            throw new IllegalStateException("The mailbox of " + agent + " cannot be opened: the channels are closed");
        }
        Mailbox present = mailboxes.get(agent);
        if (present != null) {
            if (!present.isClosed()) {
                throw new IllegalStateException(
                        "Agent " + agent + " has an open mailbox, expected that it is closed first");
            }
            past = past.plus(present.statistics());
        }
        Mailbox mailbox = new Mailbox(agent, capacity, clock);
        mailboxes.put(agent, mailbox);
        return mailbox;
    }

    /**
     * Sends a message; returns at once.
     *
     * @param sender who sends it, not blank; needs no mailbox
     * @param receiver whose mailbox it is for
     * @param type what the message is, not blank
     * @param payload the content, copied
     * @throws IllegalArgumentException if the sender or the type is blank
     */
    public Delivery send(String sender, String receiver, String type, JsonNode payload) {
        checkName("sender", sender);
        checkName("type of a message", type);
        Mailbox mailbox = mailboxes.get(receiver);
        Delivery delivery =
                mailbox == null ? new Refused(receiver, Reason.UNKNOWN_RECEIVER) : mailbox.put(sender, type, payload);
        if (delivery instanceof Refused no) {
            refused.get(no.reason()).incrementAndGet();
        }
        return delivery;
    }

    /**
     * Has an agent get what is sent to a topic. It need not have a mailbox yet, and stays when its mailbox closes: senders are
     * told.
     *
     * @return whether it did not before
     */
    public boolean join(String topic, String agent) {
        checkName("topic", topic);
        checkName("agent", agent);
        return topics.computeIfAbsent(topic, name -> new ConcurrentSkipListSet<>())
                .add(agent);
    }

    /**
     * Has an agent get no more of what is sent to a topic.
     *
     * @return whether it did before
     */
    public boolean leave(String topic, String agent) {
        Set<String> agents = topics.get(topic);
        return agents != null && agents.remove(agent);
    }

    /**
     * Sends a message to all who have joined a topic but the sender, one by one: some may get it and others not.
     *
     * @return what became of it, by receiver; empty if there is none
     */
    public SortedMap<String, Delivery> broadcast(String sender, String topic, String type, JsonNode payload) {
        checkName("sender", sender);
        checkName("type of a message", type);
        SortedMap<String, Delivery> deliveries = new TreeMap<>();
        for (String receiver : topics.getOrDefault(topic, Set.of())) {
            if (!receiver.equals(sender)) {
                deliveries.put(receiver, send(sender, receiver, type, payload));
            }
        }
        return deliveries;
    }

    /** What became of all messages so far. Those that are sent meanwhile are in it or not, each in one place only. */
    public synchronized ChannelStatistics statistics() {
        MailboxStatistics all = past;
        for (Mailbox mailbox : mailboxes.values()) {
            all = all.plus(mailbox.statistics());
        }
        Map<Reason, Long> counts = new EnumMap<>(Reason.class);
        refused.forEach((reason, count) -> counts.put(reason, count.get()));
        return new ChannelStatistics(all, counts);
    }

    /** Closes all without a look at what is left; the statistics have it as undelivered. */
    @Override
    public void close() {
        closeAndReturn();
    }

    /**
     * Closes all mailboxes, and lets no other be opened.
     *
     * @return what nobody has received, by agent, of those for whom something was left
     */
    public synchronized SortedMap<String, List<Message>> closeAndReturn() {
        closed = true;
        SortedMap<String, List<Message>> left = new TreeMap<>();
        mailboxes.forEach((agent, mailbox) -> {
            List<Message> messages = mailbox.closeAndReturn();
            if (!messages.isEmpty()) {
                left.put(agent, messages);
            }
        });
        return left;
    }

    private static void checkName(String what, String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("The " + what + " is blank, expected a name");
        }
    }
}
