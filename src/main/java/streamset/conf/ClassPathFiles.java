package streamset.conf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import streamset.problems.Problems;

/**
 * Conf files on the class path. Where a folder has only one of the two, the other one is the base file of the library.
 *
 * @param owner a class beside whose package the folder is
 * @param folder as in {@code orders/conf}, from the root of the class path on
 */
record ClassPathFiles(Class<?> owner, String folder) implements ConfSource {
    /** The base files that are in the jar of the library. */
    static final ClassPathFiles BASE = new ClassPathFiles(ClassPathFiles.class, "streamset/postgresql");

    @Override
    public SourceFile read(String name, Problems problems) {
        var include = new IncludeBase(problems);
        var own = file(name, problems);
        if (own.isEmpty() && !hasOther(name)) {
            problems.add(
                    location(name),
                    "(missing)",
                    "the class path of " + owner.getName() + " has neither " + ConfFiles.POSTGRESQL_CONF + " nor "
                            + ConfFiles.PG_HBA_CONF + " there",
                    "write src/main/resources/" + folder + "/" + name + ", or take ConfSource.base()");
        }
        return own.map(file -> include.in(file, () -> BASE.base(name, include)))
                .orElseGet(() -> BASE.base(name, include));
    }

    private boolean hasOther(String name) {
        var other = name.equals(ConfFiles.PG_HBA_CONF) ? ConfFiles.POSTGRESQL_CONF : ConfFiles.PG_HBA_CONF;
        return owner.getResource(resource(other)) != null;
    }

    SourceFile base(String name, IncludeBase include) {
        return include.none(file(name, include.problems()).orElseThrow());
    }

    private Optional<SourceFile> file(String name, Problems problems) {
        try (var bytes = owner.getResourceAsStream(resource(name))) {
            if (bytes == null) {
                return Optional.empty();
            }
            var text = new SourceText(location(name), false, problems).of(bytes.readAllBytes());
            return Optional.of(new SourceFile(location(name), text));
        } catch (IOException e) {
            throw new UncheckedIOException(location(name), e);
        }
    }

    private String resource(String name) {
        return "/" + folder + "/" + name;
    }

    private String location(String name) {
        return "classpath:" + folder + "/" + name;
    }
}
