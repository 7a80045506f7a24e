package streamset.review;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import streamset.problems.ConfigCommand;

/**
 * What remains to be done when the files of a stack are written.
 *
 * @param made its name
 * @param model the name of the stack that it is like
 */
record NextSteps(String made, String model) {
    private static final String PASSWORDS = "streamset:passwords";

    /**
     * @param files that were written
     * @param left the encrypted values that only the other one can read
     * @param passwords whether it has passwords of its own
     */
    String text(Collection<Path> files, List<String> left, boolean passwords) {
        var text = new StringBuilder();
        files.forEach(file -> text.append("wrote ").append(file).append('\n'));
        text.append("look through it, then: pulumi stack init ").append(made).append('\n');
        if (passwords) {
            for (String role : List.of("postgres", "replicator")) {
                text.append(new ConfigCommand(PASSWORDS + ".", role, true).set("\"$(openssl rand -base64 24)\""))
                        .append('\n');
            }
        }
        for (String path : left) {
            int last = path.lastIndexOf('.') + 1;
            var key = path.substring(last > 0 ? last : path.indexOf(':') + 1);
            var outer = path.substring(0, path.length() - key.length());
            text.append("only ").append(model).append(" can read ").append(path).append("; set it again: ");
            text.append(new ConfigCommand(outer, key, true).set("<value>")).append('\n');
        }
        return text.toString();
    }
}
