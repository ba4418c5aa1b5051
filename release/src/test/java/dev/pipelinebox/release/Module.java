package dev.pipelinebox.release;

import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A module of the build.
 *
 * @param folder where it is
 */
record Module(Path folder) {

    Pom pom() {
        return Pom.read(folder.resolve("pom.xml"));
    }

    String artifactId() {
        return pom().text("/project/artifactId");
    }

    boolean hasClasses() {
        return !pom().text("/project/packaging").equals("pom");
    }

    Stream<Module> withModulesBelow() {
        return Stream.concat(
                Stream.of(this),
                pom().texts("/project/modules/module").stream()
                        .map(name -> new Module(folder.resolve(name)))
                        .flatMap(Module::withModulesBelow));
    }
}
