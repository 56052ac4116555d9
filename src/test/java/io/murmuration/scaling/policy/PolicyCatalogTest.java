package io.murmuration.scaling.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.scaling.Metric;
import io.murmuration.scaling.ResourceMetrics;
import io.murmuration.scaling.ScalingPolicy;
import io.murmuration.scaling.Wish;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PolicyCatalogTest {
    private static final PolicyCatalog CATALOG = PolicyCatalog.standard();

    @Test
    void everyPolicyIsMadeAtItsDefaultAndBearsTheNameOfItsEntry() {
        for (PolicyEntry entry : CATALOG.entries()) {
            assertEquals(
                    entry.name(),
                    entry.create(Ticks.CONTEXT, entry.defaultSetting()).name());
        }
    }

    @Test
    void aBaselineAbstainsWhereWhatItNeedsWasNotMeasured() {
        for (PolicyEntry entry : CATALOG.entries()) {
            if (entry.kind() == PolicyEntry.Kind.BASELINE) {
                ScalingPolicy policy = entry.create(Ticks.CONTEXT, entry.defaultSetting());
                assertInstanceOf(Wish.Abstain.class, policy.wish(), entry.name());
                policy.observe(ResourceMetrics.at(Instant.EPOCH)
                        .with(Metric.LOAD, Double.NaN)
                        .with(Metric.UTILISATION, Double.NaN)
                        .with(Metric.ACTIVE_INSTANCES, 2)
                        .build());
                assertInstanceOf(Wish.Abstain.class, policy.wish(), entry.name());
            }
        }
    }

    @Test
    void askingTwiceChangesNothing() {
        for (PolicyEntry entry : CATALOG.entries()) {
            ScalingPolicy policy = entry.create(Ticks.CONTEXT, entry.defaultSetting());
            Ticks ticks = new Ticks(policy, 3).provisioning(60);
            for (int tick = 0; tick < 300; tick++) {
                Wish wish = ticks.load(tick % 40);
                assertEquals(wish, policy.wish(), entry.name());
            }
        }
    }

    @Test
    void whatThereIsNotIsRefusedWithWhatThereIs() {
        String unknown = assertThrows(InvalidSettingException.class, () -> CATALOG.get("hpa"))
                .getMessage();
        assertTrue(
                unknown.startsWith("There is no policy \"hpa\", expected one of static, threshold, hpa-cpu, "),
                unknown);
        PolicyEntry peak = CATALOG.get("peak");
        assertEquals(
                "The policy peak@1-2 cannot be: quantile is 2, expected a number from 0.01 to 1 (multiple-quantile: multiple"
                        + " of the load, 0.1 to 10, and quantile of the last hour's load, 0.01 to 1)",
                assertThrows(InvalidSettingException.class, () -> peak.create(Ticks.CONTEXT, Setting.parse("1-2")))
                        .getMessage());
    }

    @Test
    void twoPoliciesOfOneNameAreRefused() {
        PolicyEntry again = CATALOG.get("peak");
        assertThrows(IllegalArgumentException.class, () -> CATALOG.after(again));
    }
}
