package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A stream over files")
class StreamJobTest {
    private static final String DISCRETE =
            "{\"kind\":\"discrete\",\"A\":[[[0.9,0.2],[0.1,0.8]]],\"B\":[[[[0.8,0.1],[0.3,0.5]],[[0.2,0.9],[0.7,0.5]]]],"
                    + "\"D\":[[0.5,0.5]],\"C\":[[1,0]],\"action_selection\":\"stochastic\"}";
    private static final String LEARNING =
            "{\"kind\":\"discrete\",\"pA\":[[[9,1],[1,9]]],\"B\":[[[[0.8],[0.3]],[[0.2],[0.7]]]],\"pD\":[[1,2]],"
                    + "\"learning\":{\"parameters\":[\"A\",\"D\"],\"rates\":{\"A\":0.3},\"forgetting\":0.9,\"scope\":\"agent\"}}";
    private static final String POPULATION = LEARNING.replace("\"agent\"", "\"population\"");

    private static List<String> models() {
        return List.of(DISCRETE, LEARNING, POPULATION, LEARNING_EACH_STEP, GAUSSIAN);
    }

    private static final String LEARNING_EACH_STEP =
            "{\"kind\":\"discrete\",\"pA\":[[[9,1],[1,9]]],\"pB\":[[[[8],[3]],[[2],[7]]]],\"D\":[[0.5,0.5]],"
                    + "\"learning\":{\"parameters\":[\"A\",\"B\"],\"update\":\"step\"}}";
    private static final String GAUSSIAN =
            "{\"kind\":\"linear-gaussian\",\"state_dim\":2,\"obs_dim\":1,\"action_dim\":1}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("models")
    void givesWhatABatchGivesBitByBit(String model) throws IOException {
        StreamFolder stream = new StreamFolder(folder, model);
        List<String> rows = rows(29, 13);
        int files = 4;
        for (int i = 0; i < files; i++) {
            stream.arrive(rows.subList(rows.size() * i / files, rows.size() * (i + 1) / files));
        }
        JobHarness.Ended ended = stream.stream();
        assertEquals(0, ended.status(), ended.err());
        assertEquals(files, stream.microBatches(), "a folder a micro-batch");
        assertEquals(0, stream.infer("batch", rows).status());
        assertEquals(stream.tables("batch"), stream.tables("stream"));
        assertTrue(ended.out().contains("read      377 rows of 29 agents"), ended.out());
    }

    @Test
    void goesOnWhereItStoodWhenItIsStartedAgain() throws IOException {
        StreamFolder stream = new StreamFolder(folder, LEARNING);
        List<String> rows = rows(11, 10);
        stream.arrive(rows.subList(0, 27));
        stream.arrive(rows.subList(27, 55));
        assertEquals(0, stream.streamAtOnce().status());
        stream.arrive(rows.subList(55, 110));
        assertEquals(0, stream.streamAtOnce().status());
        assertEquals(0, stream.infer("batch", rows).status());
        assertEquals(stream.tables("batch"), stream.tables("stream"));
        assertEquals(110, stream.summary().get("rows_read").asInt());
        assertEquals(11, stream.summary().get("agents").asInt());
    }

    @Test
    void readsEachFileByItsOwnHeader() throws IOException {
        StreamFolder stream = new StreamFolder(folder, DISCRETE);
        Path arriving = stream.path("arriving");
        Files.writeString(arriving.resolve("a.csv"), "agent_id,t,o0\na,1,0\nb,1,\n\n\"c,d\",1,1\n");
        Files.writeString(arriving.resolve("b.csv"), "o0,note,agent_id,t\n1,\"say \"\"x\"\"\",a,2\n0,,b,2\n");
        Files.writeString(arriving.resolve("c.csv"), "t,agent_id,o0\n3,a\n3,b,1\n");
        Files.writeString(arriving.resolve("empty.csv"), "");
        JobHarness.Ended ended = stream.streamAtOnce();
        assertEquals(0, ended.status(), ended.err());
        assertEquals(0, stream.infer("batch", arriving, "--max-rejected", 1).status());
        assertEquals(stream.tables("batch"), stream.tables("stream"));
        assertEquals(6, stream.table("stream", "results").size());
        assertEquals(
                "malformed-row",
                stream.table("stream", "rejected").get(0).get("code").asText());
        assertEquals(stream.table("batch", "rejected"), stream.table("stream", "rejected"));
    }

    /** Rows of agents in turn, step by step. */
    private static List<String> rows(int agents, int steps) {
        Random random = new Random(5);
        List<String> rows = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            for (int agent = 0; agent < agents; agent++) {
                rows.add("agent-" + agent + "," + t + "," + (random.nextInt(7) == 0 ? "" : random.nextInt(2)));
            }
        }
        return rows;
    }
}
