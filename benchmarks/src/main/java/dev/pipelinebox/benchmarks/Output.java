package dev.pipelinebox.benchmarks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Writes figures for people, as a table, or for programs, as JSON. */
final class Output {

    private static final List<String> HEAD = List.of("BENCHMARK", "WORKLOAD", "VALUE", "UNIT", "FLOOR", "RATIO");
    private static final List<Boolean> IS_NUMBER = List.of(false, false, true, false, true, true);

    private Output() {}

    /** The lines of a table, its head first; without the last columns if no floor is known. */
    static List<String> table(List<Row> rows) {
        int columns = rows.stream().anyMatch(row -> row.floor().isPresent()) ? HEAD.size() : HEAD.size() - 2;
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEAD);
        for (Row row : rows) {
            cells.add(List.of(
                    row.benchmark(),
                    row.workload(),
                    number(row.value()),
                    row.unit(),
                    number(row.floor()),
                    number(row.ratio())));
        }
        return cells.stream().map(line -> line(line, cells, columns)).toList();
    }

    /** A JSON object a line. */
    static List<String> json(List<Row> rows) {
        return rows.stream().map(Output::object).map(ObjectNode::toString).toList();
    }

    private static ObjectNode object(Row row) {
        ObjectNode object = JsonNodeFactory.instance
                .objectNode()
                .put("benchmark", row.benchmark())
                .put("workload", row.workload())
                .put("value", row.value())
                .put("unit", row.unit());
        row.floor().ifPresent(floor -> object.put("floor", floor));
        row.ratio().ifPresent(ratio -> object.put("ratio", ratio));
        return object;
    }

    private static String line(List<String> line, List<List<String>> all, int columns) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < columns; column++) {
            int at = column;
            int width =
                    all.stream().mapToInt(cells -> cells.get(at).length()).max().orElse(0);
            String space = " ".repeat(width - line.get(column).length());
            text.append(IS_NUMBER.get(column) ? space + line.get(column) : line.get(column) + space)
                    .append("  ");
        }
        return text.toString().stripTrailing();
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : "";
    }

    /** Three digits that matter, or all that stand before the point. */
    private static String number(double value) {
        if (value == Math.rint(value) || Math.abs(value) >= 100) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }
}
