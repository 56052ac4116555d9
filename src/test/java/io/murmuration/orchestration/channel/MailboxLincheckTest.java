package io.murmuration.orchestration.channel;

import com.fasterxml.jackson.databind.node.IntNode;
import io.murmuration.orchestration.channel.Delivery.Delivered;
import io.murmuration.orchestration.channel.Delivery.Refused;
import java.time.Instant;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever threads do with a mailbox at once, some order of the same calls one by one has the same results. */
@Tag("lincheck")
@Param(name = "sender", gen = IntGen.class, conf = "0:1")
public class MailboxLincheckTest {
    private final Mailbox mailbox = new Mailbox("b", 2, () -> Instant.EPOCH);

    @Operation
    public String send(@Param(name = "sender") int sender) {
        Delivery delivery = mailbox.put("a" + sender, "x", IntNode.valueOf(sender));
        return delivery instanceof Delivered yes
                ? text(yes.message())
                : ((Refused) delivery).reason().name();
    }

    @Operation
    public String receive() {
        return mailbox.receive().map(MailboxLincheckTest::text).orElse("nothing");
    }

    @Operation
    public List<String> close() {
        return mailbox.closeAndReturn().stream().map(MailboxLincheckTest::text).toList();
    }

    @Operation
    public String statistics() {
        return mailbox.statistics().toString();
    }

    private static String text(Message message) {
        return message.sender() + "#" + message.number() + ":" + message.payload();
    }

    @Test
    @DisplayName("Interleavings chosen one by one")
    void modelChecking() {
        new ModelCheckingOptions()
                .iterations(10)
                .invocationsPerIteration(200)
                .threads(3)
                .actorsPerThread(3)
                .check(MailboxLincheckTest.class);
    }

    @Test
    @DisplayName("Interleavings as they come")
    void stress() {
        new StressOptions()
                .iterations(10)
                .invocationsPerIteration(1_000)
                .threads(3)
                .actorsPerThread(3)
                .check(MailboxLincheckTest.class);
    }
}
