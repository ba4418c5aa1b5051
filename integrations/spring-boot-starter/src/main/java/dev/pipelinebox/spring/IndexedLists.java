package dev.pipelinebox.spring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Spring binds a list inside of a {@code Map<String, Object>} as a map whose keys are its indexes. */
final class IndexedLists {

    private IndexedLists() {}

    /** The same values, with each of these maps as a list. */
    static Map<String, Object> in(Map<?, ?> values) {
        Map<String, Object> converted = new LinkedHashMap<>();
        values.forEach((name, value) -> converted.put(String.valueOf(name), convert(value)));
        return converted;
    }

    private static Object convert(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Map<String, Object> converted = in(map);
        List<String> indexes =
                IntStream.range(0, map.size()).mapToObj(String::valueOf).toList();
        return !map.isEmpty() && converted.keySet().containsAll(indexes)
                ? indexes.stream().map(converted::get).toList()
                : converted;
    }
}
