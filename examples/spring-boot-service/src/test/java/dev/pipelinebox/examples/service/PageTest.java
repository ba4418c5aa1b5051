package dev.pipelinebox.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** What the page shows is this example, which is compiled, tested and run. */
class PageTest {

    @Test
    void itsCodeAndConfigurationAreTheFilesOfTheExample() throws IOException {
        List<String> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(Path.of("src"))) {
            all.filter(file -> file.toString().matches(".*\\.(java|yml)"))
                    .map(Page::read)
                    .forEach(files::add);
        }
        assertThat(Page.blocks("java")).hasSize(7).isSubsetOf(files);
        assertThat(Page.blocks("yaml")).isNotEmpty().first().isIn(files);
    }

    @Test
    void itsPomHasTheDependenciesAndVersionsOfTheExample() throws Exception {
        Document page = xml(Page.blocks("xml").get(0));
        Document example = xml(Page.read(Path.of("pom.xml")));
        Document top = xml(Page.read(Page.ROOT.resolve("pom.xml")));

        assertThat(texts(page, "dependency", "artifactId"))
                .isSubsetOf(texts(example, "dependency", "artifactId"))
                .contains("pipelinebox-spring-boot-starter");
        assertThat(texts(page, "parent", "version")).isEqualTo(texts(top, "properties", "spring-boot.version"));
        assertThat(texts(page, "dependency", "version")).isEqualTo(texts(top, "project", "version"));
        assertThat(texts(page, "plugin", "artifactId")).containsExactly("spring-boot-maven-plugin");
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    /** The texts of these children of these elements. */
    private static List<String> texts(Document document, String parent, String child) {
        List<String> texts = new ArrayList<>();
        NodeList found = document.getElementsByTagName(child);
        for (int i = 0; i < found.getLength(); i++) {
            Element element = (Element) found.item(i);
            if (element.getParentNode().getNodeName().equals(parent)) {
                texts.add(element.getTextContent());
            }
        }
        return texts;
    }
}
