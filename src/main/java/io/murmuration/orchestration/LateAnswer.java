package io.murmuration.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** An answer that came after its attempt was over. It ends nothing, and is kept with the task. */
public record LateAnswer(Attempt attempt, Instant at, JsonNode answer) {}
