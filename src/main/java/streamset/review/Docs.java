package streamset.review;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes what follows from Pulumi.yaml and keys.yaml: the configuration table of README.md, and the schema of stack files. */
public final class Docs {
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
        files.put(project.resolve(StackSchema.FILE), StackSchema.text(ConfigKeys.of(declared)));
        return files;
    }
}
