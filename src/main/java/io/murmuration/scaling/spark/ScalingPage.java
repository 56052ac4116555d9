package io.murmuration.scaling.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.murmuration.report.ScalingEntry;
import io.murmuration.report.ScalingReport;
import io.murmuration.report.ScalingTick;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.apache.spark.ui.SparkUI;
import org.apache.spark.ui.UIUtils;
import org.apache.spark.ui.WebUIPage;
import org.json4s.JValue;
import org.json4s.jackson.JsonMethods$;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.xml.Node;
import scala.xml.Unparsed;
import scala.xml.Utility;

/** The page of the Scaling tab, which keeps itself up to date, and what it shows as JSON. */
final class ScalingPage extends WebUIPage {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Ticks in the JSON: five minutes, at one a second. */
    private static final int LAST_TICKS = 300;

    /** Takes the part that changes from the page as it is now, and leaves it where another page answers. */
    private static final String REFRESH =
            """
            <script>
            setInterval(async () => {
              if (document.hidden) return;
              let fresh = null;
              try {
                const response = await fetch(location.href);
                const text = response.ok ? await response.text() : "";
                fresh = new DOMParser().parseFromString(text, "text/html").getElementById("scaling-live");
              } catch (unreachable) {
                // As an answer without the part: it may be there again the next time.
              }
              if (fresh) document.getElementById("scaling-live").replaceWith(fresh);
              document.getElementById("scaling-silent").hidden = fresh !== null;
            }, 2000);
            </script>
            <p id="scaling-silent" hidden>The application does not answer: this is how it stood last.</p>
            """;

    private final ScalingTab tab;
    private final SparkUI ui;
    private final ScalingControlMXBean control;
    private final TickHistory history;

    ScalingPage(ScalingTab tab, SparkUI ui, ScalingControlMXBean control, TickHistory history) {
        super("");
        this.tab = tab;
        this.ui = ui;
        this.control = control;
        this.history = history;
    }

    @Override
    public Seq<Node> render(HttpServletRequest request) {
        String content = REFRESH + "<div id=\"scaling-live\">" + pauseSwitch(request)
                + history.report("Scaling").section() + "</div>";
        return UIUtils.headerSparkPage(
                request, "Scaling", () -> new Unparsed(content), tab, Option.empty(), false, false);
    }

    private String pauseSwitch(HttpServletRequest request) {
        boolean paused = control.isPaused();
        String sentence = sentence(paused, control.getRefusal());
        if (!tab.maySwitch(request)) {
            return "<p>" + sentence + "</p>";
        }
        String action = UIUtils.prependBaseUri(request, ui.basePath(), paused ? ScalingTab.RESUME : ScalingTab.PAUSE);
        return "<form method=\"post\" action=\"" + action + "\"><p>" + sentence
                + " <button class=\"btn btn-sm btn-outline-secondary\">" + (paused ? "Resume" : "Pause")
                + "</button></p></form>";
    }

    /** Whether decisions are carried out, and else why not. */
    private static String sentence(boolean paused, String refusal) {
        if (paused) {
            return "Paused: decisions are not carried out.";
        }
        return refusal.isEmpty() ? "Decisions are carried out." : "Advises only: " + Utility.escape(refusal) + ".";
    }

    @Override
    public JValue renderJson(HttpServletRequest request) {
        ScalingReport report = history.report("Scaling");
        ObjectNode page = JSON.createObjectNode();
        page.put("application", ui.appId())
                .put("paused", control.isPaused())
                .put("refusal", control.getRefusal())
                .put("state", report.state());
        ArrayNode ticks = page.putArray("ticks");
        List<ScalingTick> all = report.ticks();
        all.subList(Math.max(0, all.size() - LAST_TICKS), all.size()).forEach(tick -> add(ticks.addObject(), tick));
        ArrayNode changes = page.putArray("changes");
        report.changes().forEach(change -> add(changes.addObject(), change));
        report.latest().ifPresent(entry -> add(page.putObject("latest"), entry));
        return JsonMethods$.MODULE$.fromJsonNode(page);
    }

    private static void add(ObjectNode node, ScalingTick tick) {
        node.put("at", tick.at().toString());
        put(node, "demand", tick.demand());
        node.put("ready", tick.ready()).put("requested", tick.requested()).put("leaving", tick.leaving());
        put(node, "queue_seconds", tick.queueSeconds());
    }

    private static void put(ObjectNode node, String key, OptionalDouble value) {
        value.ifPresent(known -> node.put(key, known));
    }

    private static void add(ObjectNode node, ScalingEntry entry) {
        node.put("at", entry.first().toString())
                .put("until", entry.last().toString())
                .put("ticks", entry.ticks())
                .put("from", entry.from())
                .put("to", entry.to());
        ArrayNode policies = node.putArray("policies");
        entry.voices().forEach(voice -> policies.addObject()
                .put("policy", voice.policy())
                .put("wish", voice.wish())
                .put("reason", voice.reason()));
        ArrayNode reasons = node.putArray("reasons");
        entry.reasons().forEach(reasons::add);
        node.putObject("outcome")
                .put("kind", entry.outcome().kind().name().toLowerCase(Locale.ROOT))
                .put("why", entry.outcome().why());
    }
}
