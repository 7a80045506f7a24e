package streamset.config;

import streamset.problems.ConfigCommand;
import streamset.problems.Problems;

/** Problems with keys of {@code streamset:}, and the commands that change them. */
public record Keys(Problems problems) {
    /**
     * Adds a problem.
     *
     * @param key without its namespace, such as {@code wal.keepSize}
     */
    public void refuse(String key, String value, String reason, String fix) {
        problems.add(StackConfig.NAMESPACE + ":" + key, value, reason, fix);
    }

    /** The command that sets a key. */
    public String set(String key, String value) {
        return command(key).set(value);
    }

    /** The command that removes a key. */
    public String remove(String key) {
        return command(key).remove();
    }

    private static ConfigCommand command(String key) {
        int last = key.lastIndexOf('.') + 1;
        return new ConfigCommand(StackConfig.NAMESPACE + ":" + key.substring(0, last), key.substring(last), false);
    }
}
