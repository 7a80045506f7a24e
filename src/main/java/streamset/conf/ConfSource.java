package streamset.conf;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import streamset.problems.Problems;

/**
 * Where the two conf files of a cluster come from. A file whose first line is {@code include_base} follows the lines of a base
 * file: that of the project, or else the one that is in the jar of the library.
 */
@FunctionalInterface
public interface ConfSource {
    /**
     * Reads a file.
     *
     * @param name {@value ConfFiles#POSTGRESQL_CONF} or {@value ConfFiles#PG_HBA_CONF}
     * @param problems receives what is wrong with the file as such; an empty one takes its place then
     */
    SourceFile read(String name, Problems problems);

    /**
     * The files of a stack in {@code stacks/<stack>}; in place of one that it does not have, the base file in {@code
     * src/main/postgresql}.
     *
     * @param project the folder that holds both
     */
    static ConfSource ofProject(Path project, String stack) {
        return new ProjectFiles(project, stack);
    }

    /**
     * Files on the class path; in place of one that the folder does not have, the library's base file.
     *
     * @param owner a class of the program, whose class loader finds the files
     * @param folder from the root of the class path on, such as {@code orders}
     */
    static ConfSource ofClassPath(Class<?> owner, String folder) {
        return new ClassPathFiles(owner, folder);
    }

    /**
     * Files as texts.
     *
     * @param location what problems call the folder of the two
     */
    static ConfSource ofText(String location, String postgresqlConf, String pgHbaConf) {
        var texts = Map.of(ConfFiles.POSTGRESQL_CONF, postgresqlConf, ConfFiles.PG_HBA_CONF, pgHbaConf);
        return (name, problems) -> {
            var include = new IncludeBase(problems);
            var place = location + "/" + name;
            var text = new SourceText(place, false, problems).of(texts.get(name).getBytes(StandardCharsets.UTF_8));
            return include.in(new SourceFile(place, text), () -> ClassPathFiles.BASE.base(name, include));
        };
    }

    /** The base files that are in the jar of the library. */
    static ConfSource base() {
        return (name, problems) -> ClassPathFiles.BASE.base(name, new IncludeBase(problems));
    }
}
