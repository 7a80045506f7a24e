package streamset.workflows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A workflow of this repository, read for the tests. */
record Workflow(String name, String text, Map<?, ?> root) {
    static final Path FOLDER = Path.of(".github/workflows");

    /** A step of a job: what it uses, or what it runs. */
    record Step(Map<?, ?> map) {
        String name() {
            return String.valueOf(map.get("name"));
        }

        Optional<String> uses() {
            return Optional.ofNullable((String) map.get("uses"));
        }

        Optional<String> run() {
            return Optional.ofNullable((String) map.get("run"));
        }

        Optional<String> condition() {
            return Optional.ofNullable(map.get("if")).map(Object::toString);
        }

        Optional<String> id() {
            return Optional.ofNullable((String) map.get("id"));
        }

        Map<String, String> with() {
            return texts(map.get("with"));
        }

        Map<String, String> env() {
            return texts(map.get("env"));
        }
    }

    static Workflow read(String name) {
        try {
            var text = Files.readString(FOLDER.resolve(name + ".yml"));
            var root = new Load(LoadSettings.builder().build()).loadFromString(text);
            return new Workflow(name, text, (Map<?, ?>) root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Workflow> all() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString().replaceFirst("[.]yml$", ""))
                    .sorted()
                    .toList()
                    .stream()
                    .map(Workflow::read);
        }
    }

    @SuppressWarnings("unchecked")
    Map<String, Map<?, ?>> jobs() {
        return (Map<String, Map<?, ?>>) root.get("jobs");
    }

    List<Step> steps(String job) {
        return ((List<?>) jobs().get(job).get("steps"))
                .stream().map(step -> new Step((Map<?, ?>) step)).toList();
    }

    /** The environment that the workflow and a job declare for every step. */
    Map<String, String> env(String job) {
        var env = texts(root.get("env"));
        env.putAll(texts(jobs().get(job).get("env")));
        return env;
    }

    static Map<String, String> texts(Object map) {
        var texts = new TreeMap<String, String>();
        if (map != null) {
            ((Map<?, ?>) map).forEach((key, value) -> texts.put(key.toString(), String.valueOf(value)));
        }
        return texts;
    }

    @Override
    public String toString() {
        return name;
    }
}
