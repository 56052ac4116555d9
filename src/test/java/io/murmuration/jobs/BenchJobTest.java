package io.murmuration.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.environment.Environments;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchJobTest {
    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void writeModel() throws IOException {
        model = folder.resolve("grid.json");
        Files.writeString(model, Environments.model("grid").toString());
    }

    private JobHarness.Ended run(String... more) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = new String[more.length + 3];
        words[0] = "kernel";
        words[1] = "--model";
        words[2] = model.toString();
        System.arraycopy(more, 0, words, 3, more.length);
        int status = JobRunner.run(new BenchJob(), new PrintWriter(out), new PrintWriter(err), words);
        return new JobHarness.Ended(status, out.toString(), err.toString());
    }

    @Test
    void aRowSaysHowFastTheKernelIs() {
        JobHarness.Ended ended = run("--agents", "300", "--steps", "10", "--precision", "double", "--threads", "2");
        assertEquals(0, ended.status(), ended.err());
        String[] lines = ended.out().lines().toArray(String[]::new);
        assertEquals("model,agents,steps,precision,threads,agent_steps_per_second,multiply_add_share", lines[0]);
        assertTrue(lines[1].matches("grid,300,10,double,2,[1-9]\\d*,0\\.\\d{4}"), lines[1]);
    }

    @Test
    void whatTheEngineCannotDoIsRefused() {
        JobHarness.Ended single = run("--agents", "1", "--steps", "1", "--precision", "single");
        assertEquals(2, single.status());
        assertEquals(
                "--precision is single, but the engine computes in double only",
                single.err().strip());
        assertEquals(2, run("--agents", "1", "--steps", "1", "--threads", "2").status());
        assertEquals(2, run("--agents", "0", "--steps", "1").status());
        assertEquals(2, run("--agents", "1", "--steps", "1000000000").status());
    }

    @Test
    void thePeakIsMeasuredWithVectorsWhereTheyAre() {
        assertInstanceOf(VectorMultiplyAdds.class, MultiplyAdds.widest());
        assertTrue(new ArrayMultiplyAdds().run(1000) > 0);
    }
}
