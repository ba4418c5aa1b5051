package dev.pipelinebox.examples;

import dev.pipelinebox.examples.scan.ApiUse;
import dev.pipelinebox.examples.scan.JarReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Formats the findings as a table: one line for each use, columns as wide as their content. */
final class ScanTable {

    private static final List<String> HEAD = List.of("JAR", "CLASS", "KIND", "DEPRECATED API", "SINCE");

    private final Map<String, Long> jarsByFileName;

    private ScanTable(Collection<JarReport> reports) {
        jarsByFileName = reports.stream()
                .collect(Collectors.groupingBy(report -> fileName(report.jar()), Collectors.counting()));
    }

    /** Returns the lines of the table, the head first, or none if nothing was found. */
    static List<String> of(Collection<JarReport> reports) {
        ScanTable table = new ScanTable(reports);
        List<List<String>> rows = new ArrayList<>();
        for (JarReport report : reports) {
            report.uses().forEach(use -> rows.add(table.row(report, use)));
        }
        if (rows.isEmpty()) {
            return List.of();
        }
        rows.add(0, HEAD);
        int[] widths = widths(rows);
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private List<String> row(JarReport report, ApiUse use) {
        return List.of(
                shortest(report.jar()), use.readableUser(), use.kind().toString(), use.readableApi(), use.since());
    }

    /** The file name is enough unless two jars have the same name. */
    private String shortest(String jar) {
        String name = fileName(jar);
        return jarsByFileName.getOrDefault(name, 0L) > 1 ? jar : name;
    }

    private static String fileName(String jar) {
        return String.valueOf(Path.of(jar).getFileName());
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[HEAD.size()];
        for (List<String> row : rows) {
            Arrays.setAll(
                    widths, column -> Math.max(widths[column], row.get(column).length()));
        }
        return widths;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
