package dev.pipelinebox.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Dockerfile, as far as the page uses the language.
 *
 * @param stages its stages; the last one is the image
 */
record Dockerfile(List<Stage> stages) {

    /**
     * What follows a FROM.
     *
     * @param name what AS says, or nothing
     * @param steps the instructions, in order
     */
    record Stage(String name, List<Step> steps) {

        /** The arguments of the instructions of this kind. */
        List<String> all(String instruction) {
            return steps.stream()
                    .filter(step -> step.instruction().equals(instruction))
                    .map(Step::arguments)
                    .toList();
        }

        /** The arguments of the only instruction of this kind. */
        String only(String instruction) {
            List<String> found = all(instruction);
            if (found.size() != 1) {
                throw new IllegalArgumentException(instruction + " is there " + found.size() + " times");
            }
            return found.get(0);
        }

        /** The command of the ENTRYPOINT, which is in the form of a list. */
        List<String> entryPoint() {
            Matcher quoted = Pattern.compile("\"([^\"]*)\"").matcher(only("ENTRYPOINT"));
            return quoted.results().map(found -> found.group(1)).toList();
        }
    }

    /** One instruction with its arguments. */
    record Step(String instruction, String arguments) {}

    /** The Dockerfile of a page: its only block of this language. */
    static Dockerfile ofPage(Path page) throws IOException {
        Matcher block = Pattern.compile("(?s)\n```dockerfile\n(.*?)```").matcher(Files.readString(page));
        List<String> found = block.results().map(result -> result.group(1)).toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException(page + " has " + found.size() + " Dockerfiles");
        }
        return parse(found.get(0));
    }

    static Dockerfile parse(String text) {
        List<Stage> stages = new ArrayList<>();
        String joined = text.replaceAll("(?m)^#.*\n", "").replaceAll("\\s*\\\\\n\\s*", " ");
        joined.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            String[] parts = line.split("\\s+", 2);
            if (parts[0].equals("FROM")) {
                String[] image = parts[1].split(" AS ", 2);
                stages.add(new Stage(image.length > 1 ? image[1] : "", new ArrayList<>()));
            } else {
                stages.get(stages.size() - 1).steps().add(new Step(parts[0], parts[1]));
            }
        });
        return new Dockerfile(List.copyOf(stages));
    }

    Stage stage(String name) {
        return stages.stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    Stage image() {
        return stages.get(stages.size() - 1);
    }
}
