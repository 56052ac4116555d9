package io.murmuration.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.murmuration.inference.AgentBlock;
import io.murmuration.inference.AgentState;
import io.murmuration.inference.Draws;
import io.murmuration.inference.InferenceKernel;
import io.murmuration.inference.ObservationBlock;
import io.murmuration.inference.ResultBlock;
import io.murmuration.inference.ResultLayout.Column;
import io.murmuration.inference.ResultLayout.Kind;
import io.murmuration.model.DiscreteModel;
import io.murmuration.model.GenerativeModel;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An agent that infers: a task's payload is an object with an {@code observation}, an array with an outcome index or a number an
 * element, null where it is missing, and maybe the {@code subject} of which it is, a text. The answer has the columns that a batch
 * writes of it. What is believed of a subject, the next observation of the same subject goes on from; of so many subjects, those
 * that were observed last.
 */
public final class InferringAgent implements ActingAgent {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final GenerativeModel model;
    private final InferenceKernel kernel;
    private final AgentBlock block;
    private final ObservationBlock observation;
    private final ResultBlock results;
    private final Map<String, AgentState> beliefs;

    /**
     * @param subjects of which something is believed, at most; at least 1
     * @param seed of stochastic choices
     */
    public InferringAgent(GenerativeModel model, int subjects, long seed) {
        this.model = model;
        kernel = InferenceKernel.compile(model);
        block = kernel.block(1, seed);
        observation = new ObservationBlock(1, 1, kernel.observationWidth(), kernel.actionWidth());
        results = new ResultBlock(1, 1, kernel.layout());
        beliefs = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, AgentState> eldest) {
                return size() > subjects;
            }
        };
    }

    /** @throws IllegalArgumentException if the payload has no observation of the model, in a sentence */
    @Override
    public synchronized JsonNode act(AssignedTask task) {
        JsonNode payload = task.request().payload();
        double[] seen = observation(payload.path("observation"));
        String subject = payload.path("subject").asText("");
        long key = Draws.agentKey(subject);
        AgentState before = beliefs.get(subject);
        if (before == null) {
            block.start(0, key);
        } else {
            block.resume(0, key, before);
        }
        observation.clear();
        observation.setTime(0, 0, before == null ? 0 : before.steps());
        for (int element = 0; element < seen.length; element++) {
            observation.setObservation(0, element, 0, seen[element]);
        }
        block.step(1, observation, 0, results);
        beliefs.put(subject, block.state(0));
        return answer();
    }

    private double[] observation(JsonNode given) {
        if (!given.isArray() || given.size() != kernel.observationWidth()) {
            throw new IllegalArgumentException("the payload's observation is " + given + ", expected an array of "
                    + kernel.observationWidth() + " elements");
        }
        double[] values = new double[given.size()];
        for (int element = 0; element < values.length; element++) {
            JsonNode value = given.get(element);
            values[element] = value.isNull() ? Double.NaN : value.asDouble(Double.NaN);
            if (!value.isNull() && !fits(element, value)) {
                throw new IllegalArgumentException("element " + element + " of the payload's observation is " + value
                        + ", expected " + expected(element));
            }
        }
        return values;
    }

    private boolean fits(int element, JsonNode value) {
        if (model instanceof DiscreteModel discrete) {
            return value.isIntegralNumber()
                    && value.canConvertToInt()
                    && value.intValue() >= 0
                    && value.intValue() < discrete.outcomes(element);
        }
        return value.isNumber() && Double.isFinite(value.doubleValue());
    }

    private String expected(int element) {
        return model instanceof DiscreteModel discrete
                ? "a whole number from 0 to " + (discrete.outcomes(element) - 1)
                : "a finite number";
    }

    private ObjectNode answer() {
        ObjectNode answer = JSON.objectNode();
        for (Column column : kernel.layout().columns()) {
            if (column.standard()) {
                answer.set(column.name(), cell(column));
            }
        }
        return answer;
    }

    private JsonNode cell(Column column) {
        if (column.kind() == Kind.SCALAR) {
            double value = results.get(0, column.offset(), 0);
            return Double.isNaN(value) ? JSON.nullNode() : JSON.numberNode(value);
        }
        ArrayNode rows = JSON.arrayNode();
        int offset = column.offset();
        for (int length : column.rowLengths()) {
            ArrayNode row = column.kind() == Kind.ROWS ? rows.addArray() : rows;
            for (int i = 0; i < length; i++) {
                double value = results.get(0, offset++, 0);
                row.add(column.kind() == Kind.INTEGERS ? JSON.numberNode((int) value) : JSON.numberNode(value));
            }
        }
        return rows;
    }
}
