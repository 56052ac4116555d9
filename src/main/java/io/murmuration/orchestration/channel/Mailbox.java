package io.murmuration.orchestration.channel;

import com.fasterxml.jackson.databind.JsonNode;
import io.murmuration.orchestration.channel.Delivery.Delivered;
import io.murmuration.orchestration.channel.Delivery.Reason;
import io.murmuration.orchestration.channel.Delivery.Refused;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The messages that wait for an agent, for any number of threads. Opened by {@link Channels#open}. */
public final class Mailbox implements AutoCloseable {
    private final String agent;
    private final int capacity;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Message> messages = new ArrayDeque<>();
    /** How many messages each sender has put in. */
    private final Map<String, Long> numbers = new HashMap<>();

    private boolean closed;
    private long delivered;
    private long received;
    private long undelivered;

    Mailbox(String agent, int capacity, InstantSource clock) {
        this.agent = agent;
        this.capacity = capacity;
        this.clock = clock;
    }

    /** Whose it is. */
    public String agent() {
        return agent;
    }

    Delivery put(String sender, String type, JsonNode payload) {
        lock.lock();
        try {
            if (closed) {
                return new Refused(agent, Reason.CLOSED);
            }
            if (messages.size() == capacity) {
                return new Refused(agent, Reason.MAILBOX_FULL);
            }
            long number = numbers.merge(sender, 1L, Long::sum) - 1;
            Message message = new Message(sender, agent, type, payload, number, clock.instant());
            messages.add(message);
            delivered++;
            changed.signal();
            return new Delivered(message);
        } finally {
            lock.unlock();
        }
    }

    /** The message that has waited longest, at once; empty if none waits. */
    public Optional<Message> receive() {
        lock.lock();
        try {
            return next();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The message that has waited longest, or the first that comes.
     *
     * @param timeout how long to wait for one
     * @return empty if none came in time, or the mailbox is closed
     */
    public Optional<Message> receive(Duration timeout) throws InterruptedException {
        long left = TimeUnit.NANOSECONDS.convert(timeout);
        lock.lockInterruptibly();
        try {
            while (messages.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return next();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Message> next() {
        Optional<Message> next = Optional.ofNullable(messages.poll());
        if (next.isPresent()) {
            received++;
        }
        return next;
    }

    /** Whether it takes no more messages, for good. */
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Closes it without a look at what is left; the statistics have it as undelivered. */
    @Override
    public void close() {
        closeAndReturn();
    }

    /**
     * Closes it for good: messages are refused from now on, and whoever waits for one goes away without. Once is enough.
     *
     * @return what nobody has received, in the order in which it came; nothing the second time
     */
    public List<Message> closeAndReturn() {
        lock.lock();
        try {
            closed = true;
            List<Message> left = List.copyOf(messages);
            undelivered += left.size();
            messages.clear();
            numbers.clear();
            changed.signalAll();
            return left;
        } finally {
            lock.unlock();
        }
    }

    /** What became of its messages. */
    public MailboxStatistics statistics() {
        lock.lock();
        try {
            return new MailboxStatistics(delivered, received, messages.size(), undelivered);
        } finally {
            lock.unlock();
        }
    }
}
