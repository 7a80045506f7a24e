package streamset.conf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import streamset.problems.Problems;

/**
 * The conf files in the folder of a project: those of a stack, and the base files of all stacks.
 *
 * @param project the folder that holds {@code src/main/postgresql} and {@code stacks}
 */
record ProjectFiles(Path project, String stack) implements ConfSource {
    private static final Path BASE = Path.of("src", "main", "postgresql");

    @Override
    public SourceFile read(String name, Problems problems) {
        var own = Path.of("stacks", stack, name);
        var include = new IncludeBase(problems);
        return Files.exists(project.resolve(own))
                ? include.in(file(own, problems), () -> base(name, include))
                : base(name, include);
    }

    private SourceFile base(String name, IncludeBase include) {
        return include.none(file(BASE.resolve(name), include.problems()));
    }

    private SourceFile file(Path file, Problems problems) {
        return new SourceFile(file.toString(), text(project.resolve(file), file.toString(), problems));
    }

    private static String text(Path path, String location, Problems problems) {
        try {
            if (!Files.exists(path)) {
                problems.add(location, "(missing)", "the file does not exist", "git checkout -- " + location);
                return "";
            }
            var text = new SourceText(location, true, problems);
            return text.fits(Files.size(path)) ? text.of(Files.readAllBytes(path)) : "";
        } catch (IOException e) {
            problems.add(
                    location, "(unreadable)", "the file cannot be read: " + e.getMessage(), "chmod u+r " + location);
            return "";
        }
    }
}
