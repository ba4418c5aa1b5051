package dev.pipelinebox.benchmarks.frame;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes figures for people, as a table, or for programs, as JSON. */
public final class Output {

    private record Column(String head, boolean isNumber, Function<Row, String> text) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("BENCHMARK", false, Row::benchmark),
            new Column("WORKLOAD", false, Row::workload),
            new Column("VALUE", true, row -> number(row.value().median())),
            new Column("SPREAD", false, row -> spread(row.value())),
            new Column("UNIT", false, Row::unit),
            new Column(
                    "FLOOR",
                    true,
                    row -> row.floor()
                            .map(floor -> number(floor.figure().median()))
                            .orElse("")),
            new Column("RATIO", true, row -> row.ratio().map(Output::number).orElse("")),
            new Column("GOAL", false, row -> row.goal().map(Goal::toString).orElse("")),
            new Column(
                    "MET",
                    false,
                    row -> row.met().map(met -> met ? "yes" : "NO").orElse("")),
            new Column("AGAINST", false, row -> row.floor().map(Floor::name).orElse("")));

    private Output() {}

    /**
     * A table of figures, its head first, without empty columns.
     *
     * @param reports the reports
     * @return the lines
     */
    public static List<String> table(List<Report> reports) {
        List<Row> rows =
                reports.stream().flatMap(report -> report.rows().stream()).toList();
        List<StringBuilder> lines = new ArrayList<>();
        IntStream.rangeClosed(0, rows.size()).forEach(line -> lines.add(new StringBuilder()));
        for (Column column : COLUMNS) {
            List<String> cells = rows.stream().map(column.text()).toList();
            int widest = cells.stream().mapToInt(String::length).max().orElse(0);
            if (widest > 0) {
                int width = Math.max(widest, column.head().length());
                append(lines.get(0), column.head(), width, column.isNumber());
                for (int row = 0; row < cells.size(); row++) {
                    append(lines.get(row + 1), cells.get(row), width, column.isNumber());
                }
            }
        }
        return lines.stream().map(line -> line.toString().stripTrailing()).toList();
    }

    /** A figure without its head. */
    static String line(Row row) {
        return COLUMNS.stream()
                .skip(1)
                .map(column -> column.text().apply(row))
                .filter(cell -> !cell.isEmpty())
                .collect(Collectors.joining("  "));
    }

    /**
     * A JSON object for each figure.
     *
     * @param report the report
     * @return a line for each
     */
    public static List<String> json(Report report) {
        return report.rows().stream()
                .map(Output::object)
                .map(ObjectNode::toString)
                .toList();
    }

    private static ObjectNode object(Row row) {
        ObjectNode object = JsonNodeFactory.instance
                .objectNode()
                .put("benchmark", row.benchmark())
                .put("workload", row.workload())
                .put("value", row.value().median())
                .put("unit", row.unit());
        putSpread(object, "value", row.value());
        row.floor().ifPresent(floor -> {
            object.put("floor", floor.figure().median());
            putSpread(object, "floor", floor.figure());
            object.put("against", floor.name());
        });
        row.ratio().ifPresent(ratio -> object.put("ratio", ratio));
        row.goal().ifPresent(goal -> object.put("goal", goal.toString()));
        row.met().ifPresent(met -> object.put("met", met));
        return object;
    }

    private static void putSpread(ObjectNode object, String of, Figure figure) {
        if (figure.hasSpread()) {
            object.put(of + "Least", figure.least()).put(of + "Greatest", figure.greatest());
        }
    }

    private static void append(StringBuilder line, String cell, int width, boolean toTheRight) {
        String space = " ".repeat(width - cell.length());
        line.append(toTheRight ? space + cell : cell + space).append("  ");
    }

    private static String spread(Figure figure) {
        return figure.hasSpread() ? number(figure.least()) + ".." + number(figure.greatest()) : "";
    }

    /** Three significant digits, or all digits before the point. */
    static String number(double value) {
        if (value == Math.rint(value) || Math.abs(value) >= 100) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }
}
