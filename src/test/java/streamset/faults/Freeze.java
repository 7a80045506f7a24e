package streamset.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Processes that stand still (SIGSTOP) while something happens. They go on by themselves when this program ends meanwhile,
 * however it ends: the API server is among them.
 */
final class Freeze {
    interface Meanwhile {
        void happens() throws Exception;
    }

    private static final Duration FOR_EVER = Duration.ofDays(1);

    // Its standard input is open as long as the test wants it. It ignores what would end it between the two signals.
    private static final String SCRIPT = """
            trap '' HUP INT TERM PIPE
            stand=$1 go=$2
            shift 2
            time_is_over() { read -rt "$1" _; (($? > 128)); }
            while true; do
              kill -STOP "$@" 2>/dev/null
              echo frozen
              if time_is_over "$stand"; then again=yes; else again=''; fi
              kill -CONT "$@" 2>/dev/null
              [ -n "$again" ] && time_is_over "$go" || exit 0
            done
            """;

    private final Process script;

    private Freeze(List<ProcessHandle> processes, Duration stand, Duration go) {
        var words = new ArrayList<>(List.of("setsid", "bash", "-c", SCRIPT, "freeze", seconds(stand), seconds(go)));
        processes.forEach(process -> words.add(Long.toString(process.pid())));
        try {
            script = new ProcessBuilder(words).redirectErrorStream(true).start();
            var line = new BufferedReader(new InputStreamReader(script.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            if (!"frozen".equals(line)) {
                throw new AssertionError("cannot freeze " + processes + ": " + line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void during(List<ProcessHandle> processes, Meanwhile meanwhile) throws Exception {
        new Freeze(processes, FOR_EVER, Duration.ZERO).hold(meanwhile);
    }

    /** It goes on for a while again and again. */
    static void onAndOffDuring(ProcessHandle process, Duration stand, Duration go, Meanwhile meanwhile)
            throws Exception {
        new Freeze(List.of(process), stand, go).hold(meanwhile);
    }

    private void hold(Meanwhile meanwhile) throws Exception {
        try {
            meanwhile.happens();
        } finally {
            end();
        }
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
    }

    private void end() {
        try {
            script.getOutputStream().close();
            script.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
