package streamset.plan.refusals;

import streamset.config.StackConfig;
import streamset.problems.ConfigCommand;
import streamset.problems.Problems;

/** Problems with keys of the stack's configuration, and the commands that change them. */
record Keys(Problems problems) {
    void refuse(String key, String value, String reason, String fix) {
        problems.add(StackConfig.NAMESPACE + ":" + key, value, reason, fix);
    }

    String set(String key, String value) {
        return command(key).set(value);
    }

    String remove(String key) {
        return command(key).remove();
    }

    private static ConfigCommand command(String key) {
        int last = key.lastIndexOf('.') + 1;
        return new ConfigCommand(StackConfig.NAMESPACE + ":" + key.substring(0, last), key.substring(last), false);
    }
}
