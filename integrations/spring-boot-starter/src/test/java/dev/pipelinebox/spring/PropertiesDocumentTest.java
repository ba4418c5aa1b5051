package dev.pipelinebox.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pipelinebox.spring.PipelineBoxProperties.MasterProperties;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/** The properties that there are have descriptions for editors, and are in the table of the page. */
class PropertiesDocumentTest {

    private static final String OF_A_MASTER = "pipelinebox.masters.NAME.";

    @Test
    void everyPropertyIsDescribedAndInTheTableAndNoOther() throws IOException {
        List<JsonNode> metadata = metadata();
        assertThat(metadata)
                .allSatisfy(property -> assertThat(property.path("description").asText())
                        .as(property.path("name").asText())
                        .isNotBlank());
        Set<String> names = metadata.stream()
                .map(property -> property.path("name").asText())
                .collect(Collectors.toCollection(HashSet::new));
        Stream.of(MasterProperties.class.getRecordComponents())
                .map(RecordComponent::getName)
                .forEach(name -> names.add(OF_A_MASTER + DataObjectPropertyName.toDashedForm(name)));

        assertThat(table()).isEqualTo(names);
    }

    private List<JsonNode> metadata() throws IOException {
        try (InputStream file = getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            List<JsonNode> properties = new ArrayList<>();
            new ObjectMapper().readTree(file).path("properties").forEach(properties::add);
            return properties;
        }
    }

    private static Set<String> table() throws IOException {
        String page = Files.readString(Path.of("../../docs/spring-boot.md"));
        return Pattern.compile("(?m)^\\| `([^`]+)` \\|")
                .matcher(page.substring(page.indexOf("## Properties")))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toSet());
    }
}
