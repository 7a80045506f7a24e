package streamset.security;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import streamset.cluster.Command;

/**
 * A real client, wherever a shell can be started.
 *
 * @param shell what runs the words after it there, and passes on standard input
 * @param environment of libpq: the server and whom to trust, where a login says nothing else
 */
record Client(List<String> shell, Map<String, String> surroundings, Map<String, String> environment) {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** What it says: the answer, or why there is none. */
    Command.Result run(Request request) {
        var words = new ArrayList<>(shell);
        words.add("env");
        environment.forEach((name, value) -> words.add(name + "=" + value));
        words.add("PGCONNECT_TIMEOUT=10");
        words.addAll(request.words());
        return new Command(words, new HashMap<>(surroundings), LIMIT).run(request.input());
    }
}
