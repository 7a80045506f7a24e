package streamset.review;

import java.nio.file.Path;
import java.util.TreeMap;
import streamset.config.RawConfig;
import streamset.problems.Problems;

/** The stacks of the repository, for tests of other packages. */
public final class RealStack {
    private RealStack() {}

    /** The configuration of a stack, but with another version of PostgreSQL. */
    public static RawConfig ofVersion(String stack, int version) {
        var problems = new Problems();
        var raw = StackFile.read(Path.of(""), Path.of("Pulumi." + stack + ".yaml"), problems);
        problems.throwIfAny();
        var values = new TreeMap<>(raw.values());
        values.put("streamset:version", Integer.toString(version));
        return new RawConfig(values, raw.secretKeys());
    }
}
