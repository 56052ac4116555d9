package io.murmuration.stream.dstream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A snapshot of agents")
class AgentSnapshotTest {

    @Test
    void leavesAloneTheMapFromWhichATaskThatIsTriedAgainBegins() {
        HashMap<String, byte[]> before = new HashMap<>(Map.of("a", new byte[] {1}, "b", new byte[] {2}));
        AgentSnapshot after = AgentSnapshot.copyOf(before);
        after.remove("a");
        after.agents().put("b", new byte[] {3});
        assertEquals(2, before.size());
        assertArrayEquals(new byte[] {2}, before.get("b"));
        assertTrue(after.get("a").isEmpty());
    }
}
