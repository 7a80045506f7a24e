package streamset.review;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import streamset.review.report.JsonReport;
import streamset.review.report.MarkdownReport;
import streamset.review.report.Review;
import streamset.review.report.TextReport;

/** A project as it was and as it is to be, as a test writes it: a stack called {@code qa}, and what differs. */
final class ReviewDraft {
    static final String STACK_FILE = """
            config:
              # where it runs
              kubernetes:context: kind
              streamset:replicas: 3
              streamset:resources: {cpu: "1", memory: 2Gi}
              streamset:storage: {size: 10Gi} # of each pod
              streamset:secretName: passwords
            """;
    private static final Path CONF = Path.of("src/main/postgresql");

    private final Path base;
    private final Path project;
    private final Map<String, String> options = new TreeMap<>();

    ReviewDraft(Path folder) {
        this.base = folder.resolve("base");
        this.project = folder.resolve("project");
        for (var root : new Path[] {base, project}) {
            write(root.resolve("Pulumi.yaml"), read(Path.of("Pulumi.yaml")));
            write(root.resolve(CONF).resolve("postgresql.conf"), "wal_level = replica\n");
            write(root.resolve(CONF).resolve("pg_hba.conf"), "host all all 10.0.0.0/8 scram-sha-256\n");
            stack(root, "qa", STACK_FILE);
        }
        options.put("base", base.toString());
        options.put("base-name", "main");
    }

    /** A stack's file as it is to be. */
    ReviewDraft stack(String name, String text) {
        stack(project, name, text);
        return this;
    }

    /** What differs in the file of {@code qa}. */
    ReviewDraft change(String from, String to) {
        return stack("qa", replaced(read(stackFile(project, "qa")), from, to));
    }

    /** What was different in the file of {@code qa}. */
    ReviewDraft before(String from, String to) {
        stack(base, "qa", replaced(read(stackFile(base, "qa")), from, to));
        return this;
    }

    ReviewDraft conf(String name, String text) {
        write(project.resolve(CONF).resolve(name), text);
        return this;
    }

    ReviewDraft confBefore(String name, String text) {
        write(base.resolve(CONF).resolve(name), text);
        return this;
    }

    ReviewDraft without(String stack) {
        delete(stackFile(project, stack));
        return this;
    }

    ReviewDraft option(String name, String value) {
        options.put(name, value);
        return this;
    }

    Path project() {
        return project;
    }

    Path base() {
        return base;
    }

    /** Renders the reviewed objects that a stack has not got yet, in both folders, and reports. */
    Review review() {
        for (var root : new Path[] {base, project}) {
            try (Stream<Path> files = Files.list(root)) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.matches("Pulumi\\..+\\.yaml"))
                        .map(name -> name.substring("Pulumi.".length(), name.length() - ".yaml".length()))
                        .filter(name -> !Files.exists(manifests(root, name)))
                        .forEach(name -> snapshot(root, name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return ReviewChange.of(project, options);
    }

    ReviewDraft reviewed(UnaryOperator<String> change) {
        snapshot(project, "qa");
        write(manifests(project, "qa"), change.apply(read(manifests(project, "qa"))));
        return this;
    }

    private static void snapshot(Path root, String name) {
        try {
            write(manifests(root, name), Render.snapshot(root, name, stackFile(root, name)));
        } catch (streamset.problems.BadInput e) {
            write(manifests(root, name), ""); // what make snapshots leaves as it was
        }
    }

    String text() {
        return TextReport.of(review(), false);
    }

    String markdown() {
        return MarkdownReport.of(review());
    }

    /** About {@code qa}. */
    String page() {
        return ReportPage.pages(project, options, review()).get("qa");
    }

    String json() {
        return JsonReport.of(review());
    }

    private static Path manifests(Path root, String name) {
        return root.resolve("stacks").resolve(name).resolve("manifests.yaml");
    }

    private static Path stackFile(Path root, String name) {
        return root.resolve("Pulumi." + name + ".yaml");
    }

    private static void stack(Path root, String name, String text) {
        write(stackFile(root, name), text);
    }

    private static String replaced(String text, String from, String to) {
        if (!text.contains(from)) {
            throw new AssertionError("no " + from + " in:\n" + text);
        }
        return text.replace(from, to);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
