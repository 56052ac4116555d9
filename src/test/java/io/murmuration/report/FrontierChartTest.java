package io.murmuration.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.murmuration.report.FrontierChart.Curve;
import io.murmuration.report.FrontierChart.Point;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FrontierChartTest {
    private static final String SVG = new FrontierChart(
                    "violations",
                    "cost",
                    List.of(
                            new Curve(
                                    "peak",
                                    false,
                                    List.of(
                                            new Point("a", 1, 1.2, true),
                                            new Point("beaten", 2, 1.5, false),
                                            new Point("b", 0, 2, false),
                                            new Point("dear", 0, 9, false))),
                            new Curve("<oracle>", true, List.of(new Point("0", 0, 1, true)))))
            .svg();

    @Test
    void theLineLeavesOutWhatAnotherSettingIsBetterThan() {
        Matcher line = Pattern.compile("<polyline[^>]*points=\"([^\"]*)\"").matcher(SVG);
        assertTrue(line.find());
        assertEquals(2, line.group(1).strip().split(" ").length, line.group());
    }

    @Test
    void everySettingWithinReachIsADotThatSaysWhatItIs() {
        assertTrue(SVG.contains("<title>peak@beaten: 2 % violated at cost 1.5</title>"), SVG);
        assertTrue(!SVG.contains("peak@dear"), SVG);
    }

    @Test
    void boundsAreMarkedAndNamesAreMadeSafe() {
        assertTrue(SVG.contains("&lt;oracle&gt; (bound)"), SVG);
    }
}
