package streamset.config;

import streamset.problems.ConfigCommand;
import streamset.problems.Problems;

/** Keys in the namespace of a project that has a name of its own. The CLI puts keys there that are typed without a namespace. */
public final class ProjectKeys {
    private ProjectKeys() {}

    /** Adds a problem for each of them: nobody reads them, and whoever set one believes that it holds. */
    public static void refuse(RawConfig raw, String project, Problems problems) {
        var prefix = project + ":";
        if (project.equals(StackConfig.NAMESPACE)) {
            return;
        }
        raw.values().keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .sorted()
                .forEach(key -> refuse(raw, prefix, key.substring(prefix.length()), problems));
    }

    private static void refuse(RawConfig raw, String prefix, String name, Problems problems) {
        boolean secret = raw.secretKeys().contains(prefix + name);
        var value = raw.values().get(prefix + name);
        boolean asItIs = !secret && !value.startsWith("{") && !value.startsWith("[");
        problems.add(
                prefix + name,
                secret ? "[secret]" : value,
                "nobody reads it: the keys of the program are in the namespace " + StackConfig.NAMESPACE
                        + ", whatever the project is called",
                new ConfigCommand(prefix, name, false).remove() + ", then: "
                        + new ConfigCommand(StackConfig.NAMESPACE + ":", name, secret).set(asItIs ? value : "<value>"));
    }
}
