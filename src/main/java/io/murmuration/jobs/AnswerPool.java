package io.murmuration.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.murmuration.orchestration.Answer;
import io.murmuration.orchestration.consensus.Consensus;
import io.murmuration.orchestration.consensus.Distribution;
import io.murmuration.orchestration.consensus.Opinion;
import io.murmuration.orchestration.consensus.OpinionPool;
import io.murmuration.orchestration.consensus.Vote;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What is made of the answers of a group of agents that infer. */
enum AnswerPool implements Function<List<Answer>, JsonNode> {
    /** The action of the most. */
    MAJORITY {
        @Override
        public JsonNode apply(List<Answer> answers) {
            Consensus<Vote> vote = OpinionPool.majority()
                    .pool(answers.stream()
                            .map(answer -> Opinion.of(
                                    answer.agent(), part(answer, "action").toString()))
                            .toList());
            ObjectNode result = JSON.objectNode();
            result.put("action", vote.answer().winner());
            result.put("why", vote.why());
            return result;
        }
    },
    /** The mean of beliefs, factor by factor. */
    LINEAR {
        @Override
        public JsonNode apply(List<Answer> answers) {
            return beliefs(answers, OpinionPool.linear());
        }
    },
    /** The geometric mean of beliefs, factor by factor. */
    LOGARITHMIC {
        @Override
        public JsonNode apply(List<Answer> answers) {
            return beliefs(answers, OpinionPool.logarithmic());
        }
    };

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** @throws IllegalArgumentException if there is none of that name */
    static AnswerPool of(String name) {
        for (AnswerPool pool : values()) {
            if (pool.name().equalsIgnoreCase(name)) {
                return pool;
            }
        }
        throw new IllegalArgumentException("pool is \"" + name + "\", expected majority, linear or logarithmic");
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static JsonNode part(Answer answer, String name) {
        JsonNode part = answer.answer().path(name);
        if (!part.isArray()) {
            throw new IllegalArgumentException("agent " + answer.agent() + " answered " + answer.answer()
                    + ", expected one with a list \"" + name + "\"");
        }
        return part;
    }

    private static JsonNode beliefs(List<Answer> answers, OpinionPool<Distribution, Distribution> pool) {
        ObjectNode result = JSON.objectNode();
        ArrayNode belief = result.putArray("belief");
        List<String> why = new ArrayList<>();
        int factors = part(answers.get(0), "belief").size();
        for (int f = 0; f < factors; f++) {
            int factor = f;
            Consensus<Distribution> consensus = pool.pool(answers.stream()
                    .map(answer -> Opinion.of(
                            answer.agent(), distribution(part(answer, "belief").path(factor))))
                    .toList());
            ArrayNode row = belief.addArray();
            consensus.answer().probabilities().forEach(row::add);
            why.add(consensus.why());
        }
        result.put("why", String.join("; ", why));
        return result;
    }

    private static Distribution distribution(JsonNode row) {
        List<Double> probabilities = new ArrayList<>();
        row.forEach(value -> probabilities.add(value.asDouble()));
        return new Distribution(probabilities);
    }
}
