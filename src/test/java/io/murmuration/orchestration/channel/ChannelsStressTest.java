package io.murmuration.orchestration.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.IntNode;
import io.murmuration.orchestration.channel.Delivery.Delivered;
import io.murmuration.orchestration.channel.Delivery.Reason;
import io.murmuration.orchestration.channel.Delivery.Refused;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class ChannelsStressTest {
    private static final int SENDERS = 4;
    private static final int RECEIVERS = 3;
    private static final int MESSAGES = 20_000;
    private static final Duration LONG = Duration.ofSeconds(100);

    private final Channels channels = new Channels(InstantSource.system());
    private final AtomicLong attempts = new AtomicLong();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    @DisplayName("However many send, receive and close at once: every message is in one place, in order, and counted")
    void conservation() throws Exception {
        List<Mailbox> mailboxes = IntStream.range(0, RECEIVERS)
                .mapToObj(r -> channels.open("receiver" + r, 8))
                .toList();
        List<Future<List<Message>>> received = mailboxes.stream()
                .map(mailbox -> threads.submit(() -> receiveAll(mailbox)))
                .toList();
        List<Future<List<Message>>> sent = IntStream.range(0, SENDERS)
                .mapToObj(s -> threads.submit(() -> sendAll("sender" + s)))
                .toList();
        // One mailbox closes in the middle of it.
        while (mailboxes.get(0).statistics().received() < MESSAGES / 2) {
            assertConserved(channels.statistics().mailboxes());
        }
        List<Message> left = new ArrayList<>(mailboxes.get(0).closeAndReturn());
        List<Message> delivered = all(sent);
        channels.closeAndReturn().values().forEach(left::addAll);
        Map<String, List<Message>> places = new HashMap<>();
        for (Message message : all(received)) {
            places.computeIfAbsent(pair(message), pair -> new ArrayList<>()).add(message);
        }
        // What was left over came last.
        for (Message message : left) {
            places.computeIfAbsent(pair(message), pair -> new ArrayList<>()).add(message);
        }
        Map<String, List<Message>> expected = new HashMap<>();
        for (Message message : delivered) {
            expected.computeIfAbsent(pair(message), pair -> new ArrayList<>()).add(message);
        }
        assertEquals(expected, places);
        expected.values()
                .forEach(messages -> assertEquals(
                        IntStream.range(0, messages.size())
                                .asLongStream()
                                .boxed()
                                .toList(),
                        messages.stream().map(Message::number).toList()));
        ChannelStatistics end = channels.statistics();
        assertConserved(end.mailboxes());
        assertEquals(delivered.size(), end.mailboxes().delivered());
        assertEquals(left.size(), end.mailboxes().undelivered());
        assertEquals(attempts.get(), end.sent());
        assertTrue(end.refused().get(Reason.CLOSED) > 0);
    }

    @Test
    @DisplayName("Of several who receive from one mailbox each message goes to one")
    void shared() throws Exception {
        Mailbox mailbox = channels.open("receiver0", MESSAGES);
        List<Future<List<Message>>> received = IntStream.range(0, 3)
                .mapToObj(r -> threads.submit(() -> receiveAll(mailbox)))
                .toList();
        for (int i = 0; i < MESSAGES; i++) {
            channels.send("sender", "receiver0", "x", IntNode.valueOf(i));
        }
        while (mailbox.statistics().waiting() > 0) {
            Thread.onSpinWait();
        }
        mailbox.close();
        assertEquals(
                IntStream.range(0, MESSAGES).asLongStream().boxed().toList(),
                all(received).stream().map(Message::number).sorted().toList());
    }

    private List<Message> sendAll(String sender) {
        List<Message> delivered = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            Delivery delivery = send(sender, i);
            while (delivery instanceof Refused no && no.reason() == Reason.MAILBOX_FULL) {
                Thread.yield();
                delivery = send(sender, i);
            }
            if (delivery instanceof Delivered yes) {
                delivered.add(yes.message());
            }
        }
        return delivered;
    }

    private Delivery send(String sender, int i) {
        attempts.incrementAndGet();
        return channels.send(sender, "receiver" + i % RECEIVERS, "x", IntNode.valueOf(i));
    }

    private static List<Message> receiveAll(Mailbox mailbox) throws InterruptedException {
        List<Message> received = new ArrayList<>();
        while (true) {
            Optional<Message> message = mailbox.receive(LONG);
            if (message.isEmpty()) {
                assertTrue(mailbox.isClosed());
                return received;
            }
            received.add(message.get());
        }
    }

    private static String pair(Message message) {
        return message.sender() + " to " + message.receiver();
    }

    private static <T> List<T> all(Collection<Future<List<T>>> parts) throws Exception {
        List<T> all = new ArrayList<>();
        for (Future<List<T>> part : parts) {
            all.addAll(part.get());
        }
        return all;
    }

    private static void assertConserved(MailboxStatistics counts) {
        assertEquals(counts.delivered(), counts.received() + counts.waiting() + counts.undelivered());
    }
}
