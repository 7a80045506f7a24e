package streamset.review;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import streamset.conf.ConfFiles;

/**
 * Writes what follows from Pulumi.yaml and keys.yaml: the configuration table of README.md and the schema of stack files; and
 * into the template of {@code pulumi new} what it has in common with this project.
 */
public final class Docs {
    private static final Path TEMPLATE = Path.of("templates", "streamset");
    private static final Path BASE = Path.of("src", "main", "postgresql");

    private Docs() {}

    /** Works on the current folder. */
    public static void main(String[] arguments) throws IOException {
        for (var file : files(Path.of("")).entrySet()) {
            Files.createDirectories(file.getKey().toAbsolutePath().getParent());
            Files.writeString(file.getKey(), file.getValue());
        }
    }

    /** @return the files below the project's folder, each as it ought to be */
    static Map<Path, String> files(Path project) throws IOException {
        var declared = Files.readString(project.resolve("Pulumi.yaml"));
        var readme = project.resolve("README.md");
        var files = new LinkedHashMap<Path, String>();
        files.put(readme, ConfigTable.inserted(Files.readString(readme), declared));
        var keys = ConfigKeys.of(declared);
        files.put(project.resolve(StackSchema.FILE), StackSchema.text(keys));
        var template = project.resolve(TEMPLATE);
        files.put(template.resolve(StackSchema.FILE), StackSchema.textForAnyProject(keys));
        for (String name : List.of(ConfFiles.POSTGRESQL_CONF, ConfFiles.PG_HBA_CONF)) {
            var conf = BASE.resolve(name);
            files.put(template.resolve(conf), Files.readString(project.resolve(conf)));
        }
        return files;
    }
}
