package io.murmuration.scaling.spark;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Predicate;

/** Pauses the autoscaler, or ends its pause, for who may change the application, and by POST alone. */
final class PauseServlet extends HttpServlet {
    private final transient ScalingControlMXBean control;
    private final boolean pauses;
    private final String page;
    private final transient Predicate<HttpServletRequest> permission;

    /** @param page the path to go on to */
    PauseServlet(ScalingControlMXBean control, boolean pauses, String page, Predicate<HttpServletRequest> permission) {
        this.control = control;
        this.pauses = pauses;
        this.page = page;
        this.permission = permission;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!permission.test(request)) {
            response.sendError(
                    HttpServletResponse.SC_FORBIDDEN, "Only who may modify the application may pause its autoscaler.");
            return;
        }
        control.setPaused(pauses);
        response.sendRedirect(page);
    }
}
