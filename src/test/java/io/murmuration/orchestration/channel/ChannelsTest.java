package io.murmuration.orchestration.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.murmuration.orchestration.channel.Delivery.Delivered;
import io.murmuration.orchestration.channel.Delivery.Reason;
import io.murmuration.orchestration.channel.Delivery.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChannelsTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final IntNode CONTENT = IntNode.valueOf(7);

    private Instant now = START;
    private final Channels channels = new Channels(() -> now);

    @Test
    @DisplayName("A message arrives as it was sent, with its time and its number, once")
    void arrives() {
        Mailbox mailbox = channels.open("b", 10);
        Delivered first = assertInstanceOf(Delivered.class, channels.send("a", "b", "belief", CONTENT));
        now = START.plusSeconds(3);
        channels.send("a", "b", "control", CONTENT);
        assertEquals(new Message("a", "b", "belief", CONTENT, 0, START), first.message());
        assertEquals(Optional.of(first.message()), mailbox.receive());
        assertEquals(
                Optional.of(new Message("a", "b", "control", CONTENT, 1, START.plusSeconds(3))), mailbox.receive());
        assertEquals(Optional.empty(), mailbox.receive());
    }

    @Test
    @DisplayName("Messages are numbered by sender and receiver")
    void numbers() {
        Mailbox mailbox = channels.open("c", 10);
        channels.open("d", 10);
        for (String sender : List.of("a", "b", "a")) {
            channels.send(sender, "d", "x", CONTENT);
            channels.send(sender, "c", "x", CONTENT);
        }
        assertEquals(0, mailbox.receive().orElseThrow().number());
        assertEquals(0, mailbox.receive().orElseThrow().number());
        assertEquals(1, mailbox.receive().orElseThrow().number());
    }

    @Test
    @DisplayName("What is refused says why, takes no number and is counted")
    void refused() {
        assertRefused(Reason.UNKNOWN_RECEIVER, channels.send("a", "b", "x", CONTENT));
        Mailbox mailbox = channels.open("b", 1);
        channels.send("a", "b", "x", CONTENT);
        assertRefused(Reason.MAILBOX_FULL, channels.send("a", "b", "x", CONTENT));
        mailbox.receive();
        Delivered second = assertInstanceOf(Delivered.class, channels.send("a", "b", "x", CONTENT));
        assertEquals(1, second.message().number());
        mailbox.close();
        assertRefused(Reason.CLOSED, channels.send("a", "b", "x", CONTENT));
        ChannelStatistics statistics = channels.statistics();
        assertEquals(
                new ChannelStatistics(
                        new MailboxStatistics(2, 1, 0, 1),
                        Map.of(Reason.UNKNOWN_RECEIVER, 1L, Reason.MAILBOX_FULL, 1L, Reason.CLOSED, 1L)),
                statistics);
        assertEquals(5, statistics.sent());
        assertEquals(
                "The message to b is refused: its mailbox is full", new Refused("b", Reason.MAILBOX_FULL).sentence());
    }

    @Test
    @DisplayName("What nobody has received comes back from a mailbox that closes, once and in order")
    void undelivered() {
        Mailbox mailbox = channels.open("b", 10);
        for (int i = 0; i < 4; i++) {
            channels.send("a", "b", "x", IntNode.valueOf(i));
        }
        mailbox.receive();
        assertEquals(
                List.of(1L, 2L, 3L),
                mailbox.closeAndReturn().stream().map(Message::number).toList());
        assertEquals(List.of(), mailbox.closeAndReturn());
        assertEquals(Optional.empty(), mailbox.receive());
        assertEquals(new MailboxStatistics(4, 1, 0, 3), mailbox.statistics());
    }

    @Test
    @DisplayName("An agent that comes back has a new mailbox, numbered anew, and the old one counts on")
    void comesBack() {
        Mailbox old = channels.open("b", 10);
        channels.send("a", "b", "x", CONTENT);
        old.close();
        Mailbox mailbox = channels.open("b", 10);
        channels.send("a", "b", "x", CONTENT);
        assertEquals(Optional.empty(), old.receive());
        assertEquals(0, mailbox.receive().orElseThrow().number());
        assertEquals(new MailboxStatistics(2, 1, 0, 1), channels.statistics().mailboxes());
    }

    @Test
    @DisplayName("A payload is nobody's to change, neither the sender's nor another receiver's")
    void immutable() {
        Mailbox mailbox = channels.open("b", 10);
        ArrayNode payload = JsonNodeFactory.instance.arrayNode().add(1);
        JsonNode sent = payload.deepCopy();
        channels.send("a", "b", "x", payload);
        payload.add(2);
        Message message = mailbox.receive().orElseThrow();
        assertEquals(sent, message.payload());
        ((ArrayNode) message.payload()).add(3);
        assertEquals(sent, message.payload());
    }

    @Test
    @DisplayName("A broadcast reaches all of a topic but its sender, and tells of each")
    void broadcast() {
        channels.open("a", 1);
        Mailbox mailbox = channels.open("b", 1);
        channels.open("c", 1).close();
        for (String agent : List.of("a", "b", "c", "d")) {
            assertTrue(channels.join("news", agent));
        }
        assertFalse(channels.join("news", "a"));
        Map<String, Delivery> outcomes = channels.broadcast("a", "news", "x", CONTENT);
        assertEquals(List.of("b", "c", "d"), List.copyOf(outcomes.keySet()));
        assertEquals(mailbox.receive().orElseThrow(), ((Delivered) outcomes.get("b")).message());
        assertRefused(Reason.CLOSED, outcomes.get("c"));
        assertRefused(Reason.UNKNOWN_RECEIVER, outcomes.get("d"));
        assertTrue(channels.leave("news", "b"));
        assertFalse(channels.leave("news", "b"));
        assertFalse(channels.leave("nothing", "b"));
        assertEquals(2, channels.broadcast("a", "news", "x", CONTENT).size());
        assertEquals(Map.of(), channels.broadcast("a", "nothing", "x", CONTENT));
    }

    @Test
    @DisplayName("Whoever waits gets the first message that comes")
    void waits() throws Exception {
        Mailbox mailbox = channels.open("b", 1);
        CompletableFuture<Optional<Message>> waiting = waitFor(mailbox, LONG);
        assertInstanceOf(Delivered.class, channels.send("a", "b", "x", CONTENT));
        assertTrue(waiting.get(50, TimeUnit.SECONDS).isPresent());
    }

    @Test
    @DisplayName("Whoever waits goes away empty when the mailbox closes, or the time is over")
    void waitsInVain() throws Exception {
        Mailbox mailbox = channels.open("b", 1);
        assertEquals(Optional.empty(), mailbox.receive(Duration.ofMillis(1)));
        assertEquals(Optional.empty(), mailbox.receive(Duration.ofSeconds(-1)));
        CompletableFuture<Optional<Message>> waiting = waitFor(mailbox, LONG);
        mailbox.close();
        assertEquals(Optional.empty(), waiting.get(50, TimeUnit.SECONDS));
        assertTrue(mailbox.isClosed());
    }

    private static CompletableFuture<Optional<Message>> waitFor(Mailbox mailbox, Duration timeout) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return mailbox.receive(timeout);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    @DisplayName("Closing all gives back everything by agent, and lets nobody open a mailbox")
    void closesAll() {
        channels.open("b", 2);
        channels.open("c", 2);
        channels.send("a", "b", "x", CONTENT);
        Map<String, List<Message>> left = channels.closeAndReturn();
        assertEquals(List.of("b"), List.copyOf(left.keySet()));
        assertRefused(Reason.CLOSED, channels.send("a", "c", "x", CONTENT));
        String message = assertThrows(IllegalStateException.class, () -> channels.open("e", 1))
                .getMessage();
        assertEquals("The mailbox of e cannot be opened: the channels are closed", message);
    }

    @Test
    @DisplayName("A mailbox of no name, of no place, or a second one is refused")
    void mistakes() {
        channels.open("b", 1);
        assertMistake("The agent is blank", () -> channels.open(" ", 1));
        assertMistake("The mailbox of c takes 0 messages, expected at least 1", () -> channels.open("c", 0));
        assertMistake("The sender is blank", () -> channels.send("", "b", "x", CONTENT));
        assertMistake("The type of a message is blank", () -> channels.broadcast("a", "b", "", CONTENT));
        assertMistake("The topic is blank", () -> channels.join("", "b"));
        String message = assertThrows(IllegalStateException.class, () -> channels.open("b", 1))
                .getMessage();
        assertEquals("Agent b has an open mailbox, expected that it is closed first", message);
    }

    private static void assertMistake(String sentence, Supplier<?> what) {
        String message = assertThrows(IllegalArgumentException.class, what::get).getMessage();
        assertTrue(message.contains(sentence), message);
    }

    private static void assertRefused(Reason reason, Delivery delivery) {
        assertEquals(reason, assertInstanceOf(Refused.class, delivery).reason());
    }
}
