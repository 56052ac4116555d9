package io.murmuration.orchestration;

import com.fasterxml.jackson.databind.JsonNode;

/** What an agent answered when a group was asked. */
public record Answer(String agent, long task, JsonNode answer) {}
