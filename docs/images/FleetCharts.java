import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Draws the charts of docs/fleet.md from what jobs/infer wrote (--format csv), and prints the strongest surprises.
 *
 * <pre>java docs/images/FleetCharts.java OUTPUT METRICS conf/models/metrics docs/images</pre>
 *
 * OUTPUT is the job's output folder, METRICS the folder of the recordings, the third the models, the last one where the
 * pictures go.
 */
final class FleetCharts {
    private static final double WIDTH = 920;
    private static final double HEIGHT = 440;
    private static final double LEFT = 78;
    private static final double RIGHT = WIDTH - 16;
    private static final double[] UPPER = {62, 250};
    private static final double[] LOWER = {276, 394};
    private static final int COLUMNS = (int) (RIGHT - LEFT);
    /** Surprises of less than this (nats above the median) are everyday. */
    private static final double LEAST = 1;
    private static final Duration BURST = Duration.ofHours(12);

    private static final String STYLE =
            """
            <style>
            :root { --ink: #1c2430; --soft: #5d6a7c; --card: #ffffff; --edge: #e3e5e8; --raw: #8a97a8; --accent: #1f6f99;
              --label: #f2b84b; --alarm: #b3402a; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #9aa6b6; --card: #1b2129; --edge: #2d3641;
              --raw: #75849a; --accent: #6db6d6; --label: #a87716; --alarm: #f08a70; } }
            text { fill: var(--soft); font: 12px system-ui, "DejaVu Sans", sans-serif; }
            .head { fill: var(--ink); font-size: 15px; font-weight: 600; }
            .card { fill: var(--card); } .grid { stroke: var(--edge); } .label { fill: var(--label); opacity: .32; }
            .fitted { fill: var(--soft); opacity: .1; } .raw { stroke: var(--raw); fill: none; }
            .band { fill: var(--accent); opacity: .25; } .mean { stroke: var(--accent); stroke-width: 1.5; fill: none; }
            .surprise { stroke: var(--alarm); fill: none; } .hit { fill: var(--alarm); }
            .miss { fill: var(--card); stroke: var(--alarm); stroke-width: 1.5; }
            </style>
            """;

    /** A recording: how long the rows are that its model was fitted to, and the windows that the benchmark labels. */
    private record Recording(String name, String title, String unit, String fittedUntil, String... windows) {}

    /** Windows: labels/combined_windows.json of the Numenta Anomaly Benchmark. */
    private static final List<Recording> RECORDINGS = List.of(
            new Recording("ambient_temperature_system_failure", "Ambient temperature in an office", "degrees", "2013-08-18 10:00",
                    "2013-12-15 07:00/2013-12-30 09:00", "2014-03-29 15:00/2014-04-20 22:00"),
            new Recording("ec2_cpu_utilization_24ae8d", "CPU utilisation 24ae8d", "%", "2014-02-16 16:55",
                    "2014-02-26 13:45/2014-02-27 06:25", "2014-02-27 08:55/2014-02-28 01:35"),
            new Recording("ec2_cpu_utilization_53ea38", "CPU utilisation 53ea38", "%", "2014-02-16 16:55",
                    "2014-02-19 10:50/2014-02-20 03:30", "2014-02-23 11:45/2014-02-24 04:25"),
            new Recording("ec2_cpu_utilization_5f5533", "CPU utilisation 5f5533", "%", "2014-02-16 16:52",
                    "2014-02-18 16:02/2014-02-19 08:42", "2014-02-24 10:17/2014-02-25 02:57"),
            new Recording("ec2_cpu_utilization_77c1ca", "CPU utilisation 77c1ca", "%", "2014-04-04 16:50",
                    "2014-04-08 17:30/2014-04-10 03:00"),
            new Recording("ec2_cpu_utilization_825cc2", "CPU utilisation 825cc2", "%", "2014-04-12 02:29",
                    "2014-04-14 22:59/2014-04-16 08:29"),
            new Recording("ec2_network_in_5abac7", "Network input 5abac7", "bytes", "2014-03-04 04:46",
                    "2014-03-10 09:06/2014-03-11 04:46", "2014-03-12 11:11/2014-03-13 06:51"),
            new Recording("ec2_request_latency_system_failure", "Latency of requests", "unit not documented", "2014-03-09 06:06",
                    "2014-03-14 03:31/2014-03-14 14:41", "2014-03-18 17:06/2014-03-19 04:16",
                    "2014-03-20 21:26/2014-03-21 03:41"),
            new Recording("machine_temperature_system_failure", "Temperature of a machine", "degrees", "2013-12-10 06:25",
                    "2013-12-10 06:25/2013-12-12 05:35", "2013-12-15 17:50/2013-12-17 17:00",
                    "2014-01-27 14:20/2014-01-29 13:30", "2014-02-07 14:55/2014-02-09 14:05"),
            new Recording("rds_cpu_utilization_e47b3b", "CPU utilisation of a database server, e47b3b", "%",
                    "2014-04-12 02:27", "2014-04-12 22:32/2014-04-13 15:12", "2014-04-18 15:07/2014-04-19 07:47"));

    private static final List<String> DRAWN = List.of(
            "machine_temperature_system_failure", "ec2_request_latency_system_failure", "rds_cpu_utilization_e47b3b",
            "ambient_temperature_system_failure");

    /** A row of the results: what the next observation would be around, how far off, and how surprising this one was. */
    private record Row(Instant time, double mean, double deviation, double surprise) {}

    private record Window(Instant from, Instant to) {
        static Window of(String text) {
            String[] ends = text.split("/");
            return new Window(instant(ends[0]), instant(ends[1]));
        }

        boolean holds(Instant time) {
            return !time.isBefore(from) && !time.isAfter(to);
        }
    }

    private final Recording recording;
    private final TreeMap<Instant, Double> values;
    private final List<Row> rows;
    private final List<Row> observed;
    private final double median;
    private final StringBuilder svg = new StringBuilder();

    private FleetCharts(Recording recording, TreeMap<Instant, Double> values, List<Row> rows) {
        this.recording = recording;
        this.values = values;
        this.rows = rows;
        observed = rows.stream().filter(row -> values.containsKey(row.time())).toList();
        double[] sorted = observed.stream().mapToDouble(Row::surprise).sorted().toArray();
        median = sorted[sorted.length / 2];
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 4) {
            System.err.println("Expected four folders: the job's output, the recordings, the models, the pictures");
            System.exit(2);
        }
        Path output = Path.of(arguments[0]);
        Map<String, List<String[]>> results = results(output.resolve("results"));
        System.out.println("| recording | median | labelled windows: highest surprise, its rank among all rows | five strongest bursts |");
        System.out.println("|---|---|---|---|");
        for (Recording recording : RECORDINGS) {
            Path model = Path.of(arguments[2], recording.name() + ".yaml");
            List<Row> rows = new ArrayList<>();
            for (String[] cells : results.get(recording.name())) {
                rows.add(row(cells, numbers(model, "H"), numbers(model, "R")[0]));
            }
            rows.sort(Comparator.comparing(Row::time));
            TreeMap<Instant, Double> values = values(Path.of(arguments[1], recording.name() + ".csv"));
            FleetCharts chart = new FleetCharts(recording, values, rows);
            System.out.println(chart.tableRow());
            if (DRAWN.contains(recording.name())) {
                Files.writeString(Path.of(arguments[3], "fleet-" + recording.name() + ".svg"), chart.draw());
            }
        }
    }

    // What is read.

    /** The cells of all rows, by agent. */
    private static Map<String, List<String[]>> results(Path folder) throws IOException {
        Map<String, List<String[]>> results = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".csv")).toList()) {
                Files.readAllLines(file).stream().skip(1).forEach(line -> {
                    String[] cells = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");
                    results.computeIfAbsent(cells[1], agent -> new ArrayList<>()).add(cells);
                });
            }
        }
        return results;
    }

    /** model, agent_id, t, mean, covariance, free_energy; an observation is of variance H P H' + R. */
    private static Row row(String[] cells, double[] h, double noise) {
        double[] mean = numbers(cells[3]);
        double[] covariance = numbers(cells[4]);
        double centre = 0;
        double variance = noise;
        for (int i = 0; i < h.length; i++) {
            centre += h[i] * mean[i];
            for (int j = 0; j < h.length; j++) {
                variance += h[i] * covariance[i * h.length + j] * h[j];
            }
        }
        return new Row(Instant.parse(cells[2]), centre, Math.sqrt(variance), Double.parseDouble(cells[5]));
    }

    /** Values by time; rows of one time that differ are left out, as the job leaves them out. */
    private static TreeMap<Instant, Double> values(Path file) throws IOException {
        TreeMap<Instant, Double> values = new TreeMap<>();
        Files.readAllLines(file).stream().skip(1).map(line -> line.split(",")).forEach(cells ->
                values.merge(instant(cells[0]), Double.valueOf(cells[1]), (a, b) -> a.equals(b) ? a : Double.NaN));
        values.values().removeIf(value -> value.isNaN());
        return values;
    }

    private static double[] numbers(Path model, String key) throws IOException {
        String line = Files.readAllLines(model).stream().filter(l -> l.startsWith(key + ":")).findFirst().orElseThrow();
        return numbers(line.substring(key.length()));
    }

    private static double[] numbers(String text) {
        Matcher matcher = Pattern.compile("[-+]?\\d[-+.\\dEe]*").matcher(text);
        return matcher.results().mapToDouble(m -> Double.parseDouble(m.group())).toArray();
    }

    private static Instant instant(String text) {
        String padded = text.length() == 16 ? text + ":00" : text;
        return Instant.parse(padded.replace(' ', 'T') + "Z");
    }

    // What is counted.

    private List<Window> windows() {
        return Arrays.stream(recording.windows()).map(Window::of).toList();
    }

    private boolean labelled(Instant time) {
        return windows().stream().anyMatch(window -> window.holds(time));
    }

    /** The five most surprising rows after those the model was fitted to, of those less than half a day apart one. */
    private List<Row> bursts() {
        List<Row> bursts = new ArrayList<>();
        List<Row> strongest = observed.stream()
                .filter(row -> !row.time().isBefore(instant(recording.fittedUntil())))
                .sorted(Comparator.comparingDouble(Row::surprise).reversed())
                .toList();
        for (Row row : strongest) {
            boolean near = bursts.stream()
                    .anyMatch(b -> Duration.between(b.time(), row.time()).abs().compareTo(BURST) < 0);
            if (!near && bursts.size() < 5) {
                bursts.add(row);
            }
        }
        return bursts;
    }

    private String tableRow() {
        DateTimeFormatter format = DateTimeFormatter.ofPattern("MM-dd HH:mm").withZone(ZoneOffset.UTC);
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "| `%s` | %.1f |", recording.name(), median));
        for (Window window : windows()) {
            double highest = observed.stream()
                    .filter(row -> window.holds(row.time())).mapToDouble(Row::surprise).max().orElse(Double.NaN);
            long rank = 1 + observed.stream().filter(row -> row.surprise() > highest).count();
            line.append(String.format(Locale.ROOT, " %.1f (%d);", highest, rank));
        }
        line.setCharAt(line.length() - 1, ' ');
        line.append("|");
        for (Row row : bursts()) {
            String mark = labelled(row.time()) ? "**" : "";
            line.append(String.format(
                    Locale.ROOT, " %s%s %.1f%s,", mark, format.format(row.time()), row.surprise(), mark));
        }
        line.setCharAt(line.length() - 1, ' ');
        return line + "|";
    }

    // What is drawn.

    private String draw() {
        double low = values.values().stream().mapToDouble(v -> v).min().orElseThrow();
        double high = values.values().stream().mapToDouble(v -> v).max().orElseThrow();
        double room = 0.06 * (high - low);
        double[] scale = {low - room, high + room};
        double most = observed.stream().mapToDouble(row -> row.surprise() - median).max().orElseThrow();
        double decades = Math.ceil(Math.log10(most) + 0.05);
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">%s",
                WIDTH, HEIGHT, recording.title() + ": values, filtered mean and surprise", STYLE);
        add("<rect class=\"card\" width=\"%.0f\" height=\"%.0f\" rx=\"8\"/>", WIDTH, HEIGHT);
        shade("fitted", new Window(rows.get(0).time(), instant(recording.fittedUntil())));
        windows().forEach(window -> shade("label", window));
        frame(scale, decades);
        bands(scale);
        surprises(decades);
        legend();
        return svg.append("</svg>\n").toString();
    }

    private void frame(double[] scale, double decades) {
        double raw = (scale[1] - scale[0]) / 4;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = power * (raw / power < 1.5 ? 1 : raw / power < 3.5 ? 2 : raw / power < 7 ? 5 : 10);
        for (double tick = step * (long) Math.ceil(scale[0] / step); tick <= scale[1]; tick += step) {
            tick(height(tick, scale), String.format(Locale.ROOT, "%.0f", tick + 0.0));
        }
        for (int decade = 0; decade <= decades; decade += decades > 3 ? 2 : 1) {
            tick(depth(Math.pow(10, decade), decades), String.format(Locale.ROOT, "%,.0f", Math.pow(10, decade)));
        }
        title((UPPER[0] + UPPER[1]) / 2, recording.unit());
        title((LOWER[0] + LOWER[1]) / 2, "surprise (nats)");
        dates();
    }

    private void tick(double y, String text) {
        add("<line class=\"grid\" x1=\"%.0f\" x2=\"%.0f\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, RIGHT, y, y);
        add("<text x=\"%.0f\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 8, y + 4, text);
    }

    private void title(double y, String text) {
        add("<text transform=\"translate(16 %.0f) rotate(-90)\" text-anchor=\"middle\">%s</text>", y, text);
    }

    private void dates() {
        long days = Duration.between(rows.get(0).time(), rows.get(rows.size() - 1).time()).toDays();
        DateTimeFormatter format = DateTimeFormatter.ofPattern(days > 150 ? "MMM yyyy" : "d MMM", Locale.ROOT);
        LocalDate first = rows.get(0).time().atZone(ZoneOffset.UTC).toLocalDate().plusDays(1);
        LocalDate last = rows.get(rows.size() - 1).time().atZone(ZoneOffset.UTC).toLocalDate();
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            boolean shown = days > 150
                    ? day.getDayOfMonth() == 1 && day.getMonthValue() % 2 == 1
                    : days > 40 ? day.getDayOfWeek().getValue() == 1 && day.toEpochDay() / 7 % 2 == 0 : day.toEpochDay() % 2 == 0;
            if (shown) {
                double x = x(day.atStartOfDay().toInstant(ZoneOffset.UTC));
                add("<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.0f\" y2=\"%.0f\"/>", x, x, LOWER[1], LOWER[1] + 5);
                add("<text x=\"%.1f\" y=\"%.0f\" text-anchor=\"middle\">%s</text>", x, LOWER[1] + 20, format.format(day));
            }
        }
        add("<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"middle\">%s</text>", (LEFT + RIGHT) / 2, HEIGHT - 8,
                days > 150 ? "month" : "day of " + (first.getYear() == last.getYear() ? first.getYear() : first.getYear() + " and " + last.getYear()));
    }

    /** A column of pixels each: the values from lowest to highest, the mean of the filtered means, the widest band. */
    private void bands(double[] scale) {
        double[] least = filled(Double.POSITIVE_INFINITY);
        double[] greatest = filled(Double.NEGATIVE_INFINITY);
        values.forEach((time, value) -> {
            int column = column(time);
            least[column] = Math.min(least[column], value);
            greatest[column] = Math.max(greatest[column], value);
        });
        double[] means = new double[COLUMNS + 1];
        double[] deviations = new double[COLUMNS + 1];
        int[] counts = new int[COLUMNS + 1];
        for (Row row : rows) {
            int column = column(row.time());
            means[column] += row.mean();
            deviations[column] = Math.max(deviations[column], row.deviation());
            counts[column]++;
        }
        StringBuilder raw = new StringBuilder();
        StringBuilder line = new StringBuilder("M");
        StringBuilder above = new StringBuilder("M");
        StringBuilder below = new StringBuilder();
        for (int column = 0; column <= COLUMNS; column++) {
            double x = LEFT + column;
            if (least[column] <= greatest[column]) {
                // A lone value is a dot, not a line of no length.
                double top = height(greatest[column], scale);
                double bottom = Math.max(height(least[column], scale), top + 1.2);
                raw.append(String.format(Locale.ROOT, "M%.1f %.1fV%.1f", x, top, bottom));
            }
            if (counts[column] > 0) {
                double mean = means[column] / counts[column];
                line.append(String.format(Locale.ROOT, "%.1f %.1f ", x, height(mean, scale)));
                above.append(String.format(Locale.ROOT, "%.1f %.1f ", x, height(mean + 2 * deviations[column], scale)));
                below.insert(0, String.format(Locale.ROOT, "%.1f %.1f ", x, height(mean - 2 * deviations[column], scale)));
            }
        }
        add("<path class=\"band\" d=\"%s%sZ\"/><path class=\"raw\" d=\"%s\"/><path class=\"mean\" d=\"%s\"/>", above, below, raw, line);
    }

    private void surprises(double decades) {
        double[] highest = filled(LEAST);
        for (Row row : observed) {
            highest[column(row.time())] = Math.max(highest[column(row.time())], row.surprise() - median);
        }
        StringBuilder bars = new StringBuilder();
        for (int column = 0; column <= COLUMNS; column++) {
            if (highest[column] > LEAST) {
                bars.append(String.format(
                        Locale.ROOT, "M%.1f %.1fV%.1f", LEFT + column, LOWER[1], depth(highest[column], decades)));
            }
        }
        add("<path class=\"surprise\" d=\"%s\"/>", bars);
        for (Row row : bursts()) {
            add("<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>", labelled(row.time()) ? "hit" : "miss",
                    x(row.time()), depth(row.surprise() - median, decades));
        }
    }

    private void legend() {
        add("<text class=\"head\" x=\"%.0f\" y=\"26\">%s</text>", LEFT, recording.title());
        double y = 46;
        double x = LEFT;
        x = key(x, y, "<path class=\"raw\" stroke-width=\"3\" d=\"M%1$.0f %2$.0fh14\"/>", "values");
        x = key(x, y, "<rect class=\"band\" x=\"%1$.0f\" y=\"%3$.0f\" width=\"14\" height=\"10\"/><path class=\"mean\" d=\"M%1$.0f %2$.0fh14\"/>",
                "filtered mean ± 2 sd");
        x = key(x, y, "<rect class=\"fitted\" x=\"%1$.0f\" y=\"%3$.0f\" width=\"14\" height=\"10\"/>", "fitted here");
        x = key(x, y, "<rect class=\"label\" x=\"%1$.0f\" y=\"%3$.0f\" width=\"14\" height=\"10\"/>", "labelled window");
        x = key(x, y, "<path class=\"surprise\" stroke-width=\"3\" d=\"M%1$.0f %2$.0fh14\"/>", "surprise above median");
        x = key(x, y, "<circle class=\"hit\" cx=\"%4$.0f\" cy=\"%2$.0f\" r=\"4\"/>", "top five, labelled");
        key(x, y, "<circle class=\"miss\" cx=\"%4$.0f\" cy=\"%2$.0f\" r=\"4\"/>", "or not");
    }

    private double key(double x, double y, String mark, String text) {
        add(mark, x, y - 4, y - 9, x + 7);
        add("<text x=\"%.0f\" y=\"%.0f\">%s</text>", x + 20, y, text);
        return x + 32 + 6.1 * text.length();
    }

    private void shade(String style, Window window) {
        double from = Math.max(LEFT, x(window.from()));
        double to = Math.min(RIGHT, x(window.to()));
        for (double[] panel : new double[][] {UPPER, LOWER}) {
            add("<rect class=\"%s\" x=\"%.1f\" y=\"%.0f\" width=\"%.1f\" height=\"%.0f\"/>", style, from, panel[0],
                    Math.max(to - from, 2), panel[1] - panel[0]);
        }
    }

    private double x(Instant time) {
        double start = rows.get(0).time().getEpochSecond();
        double end = rows.get(rows.size() - 1).time().getEpochSecond();
        return LEFT + (time.getEpochSecond() - start) / (end - start) * (RIGHT - LEFT);
    }

    private int column(Instant time) {
        return (int) (x(time) - LEFT);
    }

    /** Of a value in the upper panel; what is beyond the panel is at its edge. */
    private static double height(double value, double[] scale) {
        double y = UPPER[1] - (value - scale[0]) / (scale[1] - scale[0]) * (UPPER[1] - UPPER[0]);
        return Math.min(UPPER[1], Math.max(UPPER[0], y));
    }

    /** Of a surprise in the lower panel, which is logarithmic from 1 nat. */
    private static double depth(double surprise, double decades) {
        return LOWER[1] - Math.log10(Math.max(surprise, LEAST)) / decades * (LOWER[1] - LOWER[0]);
    }

    private static double[] filled(double value) {
        double[] array = new double[COLUMNS + 1];
        Arrays.fill(array, value);
        return array;
    }

    private void add(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments));
    }
}
