package io.murmuration.scaling.spark;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.spark.ui.JettyUtils;
import org.apache.spark.ui.SparkUI;
import org.apache.spark.ui.SparkUITab;
import org.sparkproject.jetty.servlet.ServletContextHandler;

/**
 * The autoscaler's tab in Spark's web UI: a page, the same as JSON under {@code /scaling/json}, and, where Spark's UI may
 * kill jobs ({@code spark.ui.killEnabled}), a switch that pauses the autoscaler. Spark's UI is made for Spark alone, but what
 * is private to a package in Scala is public to Java.
 */
final class ScalingTab extends SparkUITab {
    static final String PAUSE = "/scaling/pause/";
    static final String RESUME = "/scaling/resume/";

    private final SparkUI ui;
    private final ScalingControlMXBean control;
    private final ServletContextHandler pause;
    private final ServletContextHandler resume;

    private ScalingTab(SparkUI ui, ScalingControlMXBean control, TickHistory history) {
        super(ui, "scaling");
        this.ui = ui;
        this.control = control;
        pause = onPost(PAUSE, true);
        resume = onPost(RESUME, false);
        attachPage(new ScalingPage(this, ui, control, history));
    }

    static ScalingTab attach(SparkUI ui, ScalingControlMXBean control, TickHistory history) {
        ScalingTab tab = new ScalingTab(ui, control, history);
        ui.attachTab(tab);
        if (ui.killEnabled()) {
            ui.attachHandler(tab.pause);
            ui.attachHandler(tab.resume);
        }
        return tab;
    }

    void detach() {
        ui.detachTab(this);
        ui.detachHandler(pause);
        ui.detachHandler(resume);
    }

    private ServletContextHandler onPost(String path, boolean paused) {
        return JettyUtils.createServletHandler(
                path, new PauseServlet(control, paused, basePath() + "/scaling/", this::maySwitch), basePath());
    }

    /** Who may not change the application may not pause its autoscaler. */
    boolean maySwitch(HttpServletRequest request) {
        return ui.killEnabled() && ui.securityManager().checkModifyPermissions(request.getRemoteUser());
    }
}
