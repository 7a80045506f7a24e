package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the scripts around Patroni decide, from facts. */
@Tag("unit")
class PatroniDecisionsTest {
    private static final String DECIDE = """
            set -euo pipefail
            SCRIPTS=$1 LEASE_SECONDS=20 TEMPORARY=/nowhere
            source "$SCRIPTS/patroni/decide.sh"
            source "$SCRIPTS/patroni/lease.sh"
            eval "nodes=($2)"
            "${@:3}"
            """;

    private static String decide(String nodes, String... decision) {
        var command = Stream.concat(
                Stream.of(
                        "bash",
                        "-c",
                        DECIDE,
                        "test",
                        Path.of("src/main/bash").toAbsolutePath().toString(),
                        nodes),
                Stream.of(decision));
        return Machine.run(command.toArray(String[]::new));
    }

    /** Of three nodes, with the declared one first: state, engine of the data, timeline; a dash for one that does not answer. */
    @ParameterizedTest
    @CsvSource({
        // all volumes are empty: the declared one makes the database, and only when it knows that
        "0, empty none 0,       empty none 0,       empty none 0,       create",
        "1, empty none 0,       empty none 0,       empty none 0,       wait-for-a-leader",
        "0, empty none 0,       -,                  empty none 0,       wait-for-all",
        "0, empty none 0,       follows,            -,                  wait-for-a-leader",
        // never beside data
        "0, empty none 0,       standby declared 1, empty none 0,       refuse-none",
        "0, empty none 0,       standby declared 1, primary declared 1, wait-for-a-leader",
        "2, empty none 0,       standby declared 1, primary declared 1, lead",
        // a declared cluster: its primary is the first, whichever was declared
        "0, primary declared 1, standby declared 1, standby declared 1, lead",
        "1, primary declared 1, standby declared 1, standby declared 1, wait-for-a-leader",
        "0, primary declared 1, standby declared 1, -,                  wait-for-all",
        "0, former declared 1,  standby declared 1, standby declared 1, lead",
        "0, former declared 1,  primary declared 2, standby declared 2, wait-for-a-leader",
        "1, former declared 1,  primary declared 2, standby declared 2, lead",
        // a primary that was lost, and nobody has seen since
        "0, primary declared 1, primary declared 2, standby declared 2, wait-for-a-leader",
        "1, primary declared 1, primary declared 2, standby declared 2, lead",
        "0, primary declared 1, standby declared 2, standby declared 2, refuse-none",
        "0, primary declared 2, primary declared 2, standby declared 2, refuse-several",
        // Patroni has run before: it decides, also when a node is gone
        "0, primary patroni 3,  standby patroni 3,  standby patroni 3,  start",
        "1, primary patroni 3,  standby patroni 3,  standby patroni 3,  start",
        "1, -,                  standby patroni 3,  follows,            wait-for-the-others",
        "0, primary patroni 3,  follows,            follows,            start",
        "0, primary patroni 3,  follows patroni 3 900, follows,         start",
        "2, primary patroni 3,  standby patroni 3,  empty none 0,       wait-for-a-leader",
        // what is left of an earlier time does not lead
        "0, primary patroni 3,  primary declared 3, standby declared 3, wait-for-a-leader",
        "1, primary patroni 3,  primary declared 4, standby declared 4, lead"
    })
    void whoStartsFirst(String own, String first, String second, String third, String decision) {
        assertEquals(decision, decide(quoted(first, second, third), "decide_first", own, "0", "no", "nodes"));
    }

    private static String quoted(String... nodes) {
        return Stream.of(nodes)
                .map(node -> node.equals("-") ? "''" : "'" + node + "'")
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource({"yes, start", "no, wait-for-the-others"})
    void aNodeThatIsGoneDoesNotStopTheOthersForLong(String patienceIsOver, String decision) {
        assertEquals(
                decision,
                decide(
                        "'' 'standby patroni 3' 'standby patroni 3'",
                        "decide_first",
                        "1",
                        "0",
                        patienceIsOver,
                        "nodes"));
    }

    /** Of the last primary, which has ended: its timeline, and how far all others have received it. */
    @ParameterizedTest
    @CsvSource({
        "0, primary patroni 3,     follows patroni 3 900, follows patroni 3 800, 3 800",
        "2, follows patroni 3 800, follows patroni 3 900, primary patroni 3,     3 800",
        "0, primary patroni 3,     follows patroni 3 900, follows,               keep",
        "0, primary patroni 3,     follows,               follows patroni 3 900, keep",
        "0, primary patroni 3,     follows patroni 3 900, -,                     keep",
        "0, primary patroni 3,     follows patroni 3 900, follows patroni 2 999, keep",
        "0, primary patroni 3,     follows patroni 3 900, standby patroni 3,     keep",
        "0, standby patroni 3,     follows patroni 3 900, follows patroni 3 900, keep"
    })
    void whetherTheOthersMayGoOnWithoutTheLastPrimary(
            String own, String first, String second, String third, String decision) {
        assertEquals(decision, decide(quoted(first, second, third), "decide_give_back", own, "nodes"));
        assertEquals("keep", decide("'primary patroni 3'", "decide_give_back", "0", "nodes"));
    }

    /** In hundredths of a second: now, the end of the lease, the last answer. */
    @ParameterizedTest
    @CsvSource({
        "1000, 2000, 900,  yes, go-on",
        "2000, 2000, 1900, yes, end-the-server",
        "2000, 2000, 1900, no,  go-on",
        "2000, 2000, 1200, yes, end-the-server",
        "1900, 2000, 1200, yes, restart-patroni",
        "1899, 2000, 1200, yes, go-on",
        "2000, 1000, 1300, no,  restart-patroni"
    })
    void whatTheGuardDoes(String now, String leaseEnd, String lastAnswer, String mayWrite, String decision) {
        assertEquals(decision, decide("", "decide_lease", now, leaseEnd, lastAnswer, mayWrite));
    }

    /** Asked at 1000, in hundredths of a second, with a lease of 20 s: the answer's age, in seconds, counts against it. */
    @ParameterizedTest
    @CsvSource({"0, no, 2600", "5, no, 2100", "30, no, -400", "30, yes, 2000"})
    void whenAServerMustBeGone(String age, String failsafe, String end) {
        assertEquals(end, decide("", "lease_end", "1000", age, failsafe));
    }
}
