package streamset.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import streamset.cluster.Command;

/** The commands of docs/backup.md, as they stand there. */
final class BackupPage {
    private static final String FENCE = "```\n";

    private BackupPage() {}

    /**
     * The first block of commands below a heading.
     *
     * @param names what stands in the place of a word of the page; nothing else is changed
     */
    static String commands(String heading, Map<String, String> names) {
        var page = page();
        int begin = page.indexOf(FENCE, page.indexOf("\n### " + heading + "\n")) + FENCE.length();
        var commands = page.substring(begin, page.indexOf(FENCE, begin));
        for (var name : names.entrySet()) {
            if (!commands.contains(name.getKey())) {
                throw new AssertionError("docs/backup.md does not say " + name.getKey() + " any more:\n" + commands);
            }
            commands = commands.replace(name.getKey(), name.getValue());
        }
        return commands;
    }

    private static String page() {
        try {
            return Files.readString(Command.PROJECT.resolve("docs/backup.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
