package streamset.review;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import streamset.conf.ConfFiles;
import streamset.config.RawConfig;
import streamset.problems.BadInput;
import streamset.problems.NearestName;
import streamset.problems.Problem;
import streamset.problems.Problems;

/** The files that an author writes for a stack: its configuration, and its own conf files where it has any. */
record StackFiles(Path project, String stack) {
    private static final Pattern FILE = Pattern.compile("Pulumi\\.(.+)\\.yaml");
    private static final Path BASE = Path.of("src", "main", "postgresql");
    private static final List<String> CONF = List.of(ConfFiles.POSTGRESQL_CONF, ConfFiles.PG_HBA_CONF);

    /** The stacks of a project. */
    static List<String> stacks(Path project) {
        try (var files = Files.newDirectoryStream(project.toAbsolutePath(), "Pulumi.*.yaml")) {
            var names = new TreeMap<String, String>();
            for (var file : files) {
                var name = FILE.matcher(file.getFileName().toString());
                if (name.matches()) {
                    names.put(name.group(1), "");
                }
            }
            return List.copyOf(names.keySet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Below the project's folder. */
    Path config() {
        return Path.of("Pulumi." + stack + ".yaml");
    }

    /** Below the project's folder. */
    Path conf(String name) {
        return Path.of("stacks", stack, name);
    }

    /**
     * Whether there is such a stack; else a problem with the names that there are.
     *
     * @param variable by which make got the name
     */
    boolean isThere(String variable, Problems problems) {
        var all = stacks(project);
        if (all.contains(stack)) {
            return true;
        }
        problems.add(
                variable,
                stack.isEmpty() ? "(not set)" : stack,
                "there is no such stack"
                        + NearestName.to(stack, all)
                                .map(name -> ", did you mean " + name + "?")
                                .orElse(""),
                variable + "=<one of: " + String.join(", ", all) + ">");
        return false;
    }

    /** The text of the configuration; a problem when its values cannot be changed one by one. */
    StackText configText(Problems problems) {
        var name = ProjectFile.read(project, problems).name();
        var text = new StackText(text(config()).orElse(""), name);
        if (text.hasAliases()) {
            problems.add(
                    config().toString(),
                    "(an alias)",
                    "a value that stands for another one cannot be changed alone",
                    "write the values out in place of the aliases");
        }
        return text;
    }

    /** The texts of all of them, by their paths below the project's folder. */
    Map<Path, Optional<String>> texts() {
        var texts = new TreeMap<Path, Optional<String>>();
        texts.put(config(), text(config()));
        CONF.forEach(name -> texts.put(conf(name), text(conf(name))));
        return texts;
    }

    private Optional<String> text(Path file) {
        try {
            var path = project.resolve(file);
            return Files.exists(path) ? Optional.of(Files.readString(path)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The conf files of another stack as this one's. */
    Map<Path, Optional<String>> confOf(StackFiles other) {
        var texts = new TreeMap<Path, Optional<String>>();
        CONF.forEach(name -> texts.put(conf(name), text(other.conf(name))));
        return texts;
    }

    /** A text in which the conf files of another stack, which it gets from this one, are those of this one. */
    String withOwnConf(String text, StackFiles other) {
        var named = text;
        for (String name : CONF) {
            named = named.replace(other.conf(name).toString(), conf(name).toString());
        }
        return named;
    }

    /** The configuration as the engine would hand it over. */
    RawConfig raw(Problems problems) {
        return StackFile.read(project, project.resolve(config()), problems);
    }

    /**
     * Looks what the program says to other texts of these files.
     *
     * @return the objects as they are kept for reviews
     * @throws BadInput when the stack cannot be used then
     */
    String tried(Map<Path, Optional<String>> texts) {
        try {
            var folder = Files.createTempDirectory("streamset-stack");
            try {
                var files = new StackFiles(folder, stack);
                files.copy(Path.of("Pulumi.yaml"), project);
                for (String name : CONF) {
                    files.copy(BASE.resolve(name), project);
                }
                files.write(texts);
                return Render.snapshot(folder, stack, folder.resolve(files.config()));
            } catch (BadInput e) {
                throw e.with(problem -> new Problem(
                        problem.subject().replace(folder + "/", ""), problem.value(), problem.reason(), problem.fix()));
            } finally {
                Folder.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copy(Path file, Path from) throws IOException {
        if (Files.exists(from.resolve(file))) { // else the program tells
            Files.createDirectories(project.resolve(file).getParent());
            Files.copy(from.resolve(file), project.resolve(file));
        }
    }

    /** Makes the files what these texts say, and deletes those that have none. */
    void write(Map<Path, Optional<String>> texts) throws IOException {
        for (var file : texts.entrySet()) {
            var path = project.resolve(file.getKey());
            if (file.getValue().isEmpty()) {
                Files.deleteIfExists(path);
            } else {
                Files.createDirectories(path.toAbsolutePath().getParent());
                Files.writeString(path, file.getValue().get());
            }
        }
    }
}
