package io.murmuration.orchestration.channel;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * What an agent tells another one.
 *
 * @param sender who tells it
 * @param receiver who is told
 * @param type what the message is, in the agents' own words: {@code belief}, {@code observation} …
 * @param payload the content; whoever asks for it gets a copy, so that no change reaches another
 * @param number place among the sender's messages to this mailbox, from 0, without gaps
 * @param time when it was put into the mailbox
 */
public record Message(String sender, String receiver, String type, JsonNode payload, long number, Instant time) {
    public Message {
        payload = payload.deepCopy();
    }

    @Override
    public JsonNode payload() {
        return payload.deepCopy();
    }
}
