package io.murmuration.orchestration;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a group said when it was asked.
 *
 * @param result the answers as one; empty if nobody answered
 * @param answers in the order in which the agents were named
 * @param silent those who did not answer, with the reason, in the same order
 */
public record Consultation<R>(Optional<R> result, List<Answer> answers, Map<String, String> silent) {}
