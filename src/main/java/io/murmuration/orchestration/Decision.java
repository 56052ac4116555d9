package io.murmuration.orchestration;

import java.time.Instant;

/** What was decided about a task, and why, in one sentence. */
public record Decision(Instant at, String sentence) {}
