package io.murmuration.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Pages, sections, and text made safe for both HTML and SVG. */
final class Html {
    private static final String TITLE = "{{title}}";
    private static final String HEAD = "{{head}}";
    private static final String BODY = "{{body}}";

    private Html() {}

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A card with a heading, a sentence in plain text (which may be empty) and a chart. */
    static void section(StringBuilder page, String title, String sentence, String chart) {
        page.append("<section><h3>").append(escape(title)).append("</h3>");
        if (!sentence.isEmpty()) {
            page.append("<p>").append(escape(sentence)).append("</p>");
        }
        page.append(chart).append("</section>");
    }

    /** The whole page. */
    static String page(String title, CharSequence body) {
        return page(title, "", body);
    }

    /** The same with more in its head. The template is split before it is filled: a title may itself look like a place to fill. */
    static String page(String title, String head, CharSequence body) {
        String template = resource("page.html");
        int titleAt = template.indexOf(TITLE);
        int headAt = template.indexOf(HEAD);
        int bodyAt = template.indexOf(BODY);
        return template.substring(0, titleAt)
                + escape(title)
                + template.substring(titleAt + TITLE.length(), headAt)
                + head
                + template.substring(headAt + HEAD.length(), bodyAt)
                + body
                + template.substring(bodyAt + BODY.length());
    }

    /** A text that lies beside this class. */
    static String resource(String name) {
        try (InputStream in = Html.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
