package streamset.review;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import streamset.conf.ProjectDraft;

/** A project with the stacks staging and prod, as a test changes them. */
final class StacksDraft {
    static final String STAGING = """
            config:
              kubernetes:context: staging
              streamset:namespace: postgresql-staging
              streamset:replicas: 3
              streamset:resources: {cpu: 1, memory: 2Gi}
              streamset:secretName: postgresql-passwords  # by the vault
            """;
    static final String PROD = """
            # of the shop
            config:
              kubernetes:context: production
              streamset:replicas: 5  # since May
              streamset:resources: {cpu: 4, memory: 16Gi}
              streamset:secretName: postgresql-passwords
              # the end
            """;

    private final Path folder;

    StacksDraft(Path folder) throws IOException {
        this.folder = folder;
        ProjectDraft.in(folder);
        Files.copy(Path.of("Pulumi.yaml"), folder.resolve("Pulumi.yaml"));
        with("Pulumi.staging.yaml", STAGING).with("Pulumi.prod.yaml", PROD);
    }

    StacksDraft with(String file, String text) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), text);
        return this;
    }

    StackFiles stack(String name) {
        return new StackFiles(folder, name);
    }

    String text(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    /** The names of all files, one a line. */
    String files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(name -> !name.startsWith(".git/"))
                    .sorted()
                    .collect(Collectors.joining("\n"));
        }
    }
}
