package streamset.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import streamset.cluster.ClusterSpec;
import streamset.config.StackDraft;
import streamset.problems.BadInput;
import streamset.problems.Problems;

/** A project's folder with conf files as a test writes them; its stack is called {@code dev}. */
public final class ProjectDraft {
    public static final String STACK = "dev";

    /** As an author may write it. */
    public static final String PG_HBA_CONF = """
            local all all trust
            host all,replication all all scram-sha-256
            """;

    private static final Path BASE = Path.of("src", "main", "postgresql");

    private final Path folder;

    private ProjectDraft(Path folder) {
        this.folder = folder;
    }

    /** With a base postgresql.conf of one setting, and {@link #PG_HBA_CONF}. */
    public static ProjectDraft in(Path folder) {
        return new ProjectDraft(folder)
                .base("postgresql.conf", "wal_level = replica\n")
                .base("pg_hba.conf", PG_HBA_CONF);
    }

    /** The folder itself. */
    public Path folder() {
        return folder;
    }

    public ProjectDraft base(String name, String text) {
        return write(BASE.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }

    public ProjectDraft own(String name, String text) {
        return write(Path.of("stacks", STACK, name), text.getBytes(StandardCharsets.UTF_8));
    }

    ProjectDraft base(String name, byte[] bytes) {
        return write(BASE.resolve(name), bytes);
    }

    private ProjectDraft write(Path file, byte[] bytes) {
        return change(file, path -> {
            Files.createDirectories(path.getParent());
            Files.write(path, bytes);
        });
    }

    public ProjectDraft without(String name) {
        return change(BASE.resolve(name), Files::delete);
    }

    /** What no user, not even root, can read as a file. */
    ProjectDraft folderInPlaceOf(String name) {
        return change(BASE.resolve(name), path -> {
            Files.delete(path);
            Files.createDirectory(path);
        });
    }

    private interface Change {
        void apply(Path path) throws IOException;
    }

    private ProjectDraft change(Path file, Change change) {
        try {
            change.apply(folder.resolve(file));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files as rendered for a stack that says nothing particular. */
    public ConfFiles files() {
        return spec().files();
    }

    /** The files as rendered for a stack. */
    public ConfFiles files(StackDraft draft) {
        return spec(draft).files();
    }

    /** What follows for a stack that says nothing particular. */
    public ClusterSpec spec() {
        return spec(StackDraft.minimal());
    }

    /** What follows for a stack. */
    public ClusterSpec spec(StackDraft draft) {
        var problems = new Problems();
        var spec = ClusterSpec.of(draft.raw(), folder, STACK, problems);
        problems.throwIfAny();
        return spec;
    }

    /** @param message the whole message about the files of a stack without particular settings */
    public void isRefusedWith(String message) {
        isRefusedWith(message, StackDraft.minimal());
    }

    /** @param message the whole message about the files of a stack */
    public void isRefusedWith(String message, StackDraft draft) {
        assertRefused(message, problems -> ClusterSpec.of(draft.raw(), folder, STACK, problems));
    }

    public static void assertRefused(String message, Consumer<Problems> step) {
        var problems = new Problems();
        step.accept(problems);
        assertEquals(message, assertThrows(BadInput.class, problems::throwIfAny).getMessage());
    }
}
