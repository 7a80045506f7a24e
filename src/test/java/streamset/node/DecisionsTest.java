package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a node does, from facts: without a server. */
@Tag("unit")
class DecisionsTest {
    /** One decision: facts about two servers, as the scripts keep them, then the function and its arguments. */
    private static final String DECIDE = """
            set -euo pipefail
            SCRIPTS=$1
            for part in shared/position decisions/{start,hand_over,follow,loss}; do
              source "$SCRIPTS/$part.sh"
            done
            eval "declare -A own=($2) other=($3)"
            "${@:4}"
            """;

    private static final String NOBODY = "role= system= timeline= has= replayed= waits= late=";

    private static String decide(String own, String other, String... decision) {
        var command = new ArrayList<>(List.of(
                "bash",
                "-c",
                DECIDE,
                "test",
                Path.of("src/main/bash").toAbsolutePath().toString(),
                facts(own),
                facts(other)));
        command.addAll(List.of(decision));
        return Machine.run(command.toArray(String[]::new));
    }

    /** {@code standby 1 2 0/10 0/8 t} is the role, the system, the timeline, what it has and has replayed, whether it waits; how late it replays may follow. */
    private static String facts(String values) {
        var all = values == null || values.equals("nobody")
                ? NOBODY
                : "role=%s system=%s timeline=%s has=%s replayed=%s waits=%s late=%s"
                        .formatted((Object[]) (values + " 0").split(" ", 8));
        return all.replaceAll("(\\w+)=", "[$1]=");
    }

    @ParameterizedTest
    @CsvSource({
        "primary, yes, no,  write",
        "primary, yes, yes, become-read-only-overtaken",
        "primary, no,  no,  become-read-only",
        "standby, yes, no,  follow-until-it-hands-over",
        "standby, no,  no,  follow",
        "former,  yes, no,  stay-read-only",
        "former,  no,  no,  stay-read-only",
    })
    void aNodeWithDataBecomesAtItsStart(String data, String declared, String outlived, String decision) {
        assertEquals(decision, decide("nobody", "nobody", "decide_start", data, declared, outlived));
    }

    @ParameterizedTest
    @CsvSource({
        "primary, yes, write",
        "primary, no,  hand-over",
        "former,  yes, settle",
        "former,  no,  settle",
        "standby, yes, follow",
        "standby, no,  follow",
    })
    void aNodeWhoseServerRunsDoes(String data, String declared, String decision) {
        assertEquals(decision, decide("nobody", "nobody", "decide_role", data, declared));
    }

    @ParameterizedTest
    @CsvSource({
        "first,  second, first,  p1, p1, 0,   100, keep",
        "second, second, second, p1, p2, 0,   100, keep",
        "first,  second, second, p1, p2, 0,   100, leave-to-the-next-pod",
        "first,  second, second, p1, p2, 200, 100, leave-to-the-next-pod",
        "first,  first,  second, p1, p1, 0,   100, wait-for-the-kubelet",
        "first,  third,  second, p1, p1, 0,   100, wait-for-the-kubelet",
        "first,  second, second, p1, p1, 101, 100, wait-for-the-volume",
        "first,  second, second, p1, p1, 100, 100, adopt",
        "first,  second, second, p1, p1, 008, 100, adopt",
    })
    void confFilesAreTakenOver(
            String copied,
            String mounted,
            String revision,
            String pod,
            String declaredPod,
            String needed,
            String there,
            String decision) {
        assertEquals(
                decision,
                decide("nobody", "nobody", "decide_conf", copied, mounted, revision, pod, declaredPod, needed, there));
    }

    @ParameterizedTest
    @CsvSource({
        "yes, nobody,                                 nobody,                                 no, unknown, stop-because-it-is-lost",
        "no,  nobody,                                 nobody,                                 no, unknown, wait-for-itself",
        "no,  primary 1 3 0/5000000 0/5000000 f,      nobody,                                 no, unknown, wait-for-an-answer",
        "no,  primary 1 3 0/5000000 0/5000000 f,      primary 1 4 0/6000000 0/6000000 f,      no, unknown, stop-because-it-writes-too",
        "no,  primary 1 3 0/5000000 0/5000000 f,      standby 2 3 0/5000000 0/5000000 f,      no, unknown, go-on-because-it-is-no-standby",
        "no,  primary 1 3 0/5000000 0/5000000 f,      standby 1 2 0/5000000 0/5000000 f,      no, unknown, go-on-because-it-is-no-standby",
        "no,  primary 1 3 0/5000001 0/5000001 f,      standby 1 3 0/5000001 0/4000000 f,      no, unknown, wait-until-it-is-near",
        "no,  primary 1 3 0/5000000 0/5000000 f,      standby 1 3 0/4000000 0/4000000 f,      no, unknown, look-at-the-service",
        "no,  primary 1 3 0/5000000 0/5000000 f,      standby 1 3 0/4000000 0/4000000 f,      no, no,      wait-for-the-service",
        "no,  primary 1 3 0/5000000 0/5000000 f,      standby 1 3 0/4000000 0/4000000 f,      no, yes,     hand-over",
        "no,  primary 1 3 0/5000000 0/5000000 f,      standby 1 3 0/5000000 0/4000000 f 90s,  no, unknown, wait-until-it-replays-at-once",
        "no,  primary 1 3 1/0 1/0 f,                  standby 1 3 0/FF000000 0/FF000000 f,    no, unknown, look-at-the-service",
        "no,  primary 1 3 1/0 1/0 f,                  standby 1 3 0/FF000000 0/FF000000 f,    no, no,      wait-for-the-service",
        "no,  primary 1 3 1/0 1/0 f,                  standby 1 3 0/FF000000 0/FF000000 f,    no, yes,     hand-over",
        "no,  primary 1 3 1/0 1/0 f,                  standby 1 3 0/FEFFFFFF 0/FEFFFFFF f,    no, unknown, wait-until-it-is-near",
        "no,  primary 1 3 0/5000000 0/5000000 f,      standby 1 3 0/4000000 0/4000000 f,      yes, unknown, wait-until-it-has-restarted",
        "no,  primary 1 3 0/5000001 0/5000001 f,      standby 1 3 0/5000001 0/4000000 f,      yes, unknown, wait-until-it-is-near",
        "no,  primary 1 3 0/5000000 0/5000000 f,      nobody,                                 yes, unknown, wait-for-an-answer",
        "yes, nobody,                                 nobody,                                 yes, unknown, stop-because-it-is-lost",
    })
    void aPrimaryStepsDown(
            String lost, String own, String candidate, String restarts, String service, String decision) {
        assertEquals(decision, decide(own, candidate, "decide_step_down", lost, "own", "other", restarts, service));
    }

    @ParameterizedTest
    @CsvSource({
        "no,  primary, standby 1 3 0/50 0/50 f, primary 1 4 0/60 0/60 f, unknown, join-the-candidate",
        "no,  standby, standby 1 3 0/50 0/50 f, standby 1 3 0/50 0/50 t, unknown, wait-until-all-is-replayed",
        "no,  standby, nobody,                  standby 1 3 0/50 0/50 t, unknown, wait-until-all-is-replayed",
        "no,  standby, standby 1 3 0/50 0/50 t, standby 1 3 0/50 0/50 f, unknown, promote-the-candidate",
        "no,  standby, standby 1 3 0/50 0/50 t, standby 1 3 0/60 0/60 f, unknown, promote-the-candidate",
        "no,  standby, standby 1 3 0/50 0/50 t, standby 1 3 0/50 0/4F f, unknown, look-for-the-writer",
        "no,  standby, standby 1 3 0/50 0/50 t, standby 1 2 0/50 0/50 t, unknown, look-for-the-writer",
        "no,  standby, standby 1 3 0/50 0/50 t, standby 2 3 0/50 0/50 t, unknown, look-for-the-writer",
        "no,  '',      standby 1 3 0/50 0/50 t, nobody,                  unknown, look-for-the-writer",
        "no,  '',      standby 1 3 0/50 0/50 t, nobody,                  yes,     join-the-writer",
        "no,  '',      standby 1 3 0/50 0/50 t, nobody,                  no,      wait-until-it-has-all",
        "yes, '',      standby 1 3 0/50 0/50 f, nobody,                  unknown, wait-until-all-is-replayed",
        "yes, '',      standby 1 3 0/50 0/50 t, nobody,                  unknown, take-back",
    })
    void aFormerPrimaryDoes(
            String declared, String role, String own, String candidate, String writer, String decision) {
        assertEquals(decision, decide(own, candidate, "decide_former_primary", declared, role, "own", "other", writer));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1, no,  no,  '',      promote",
        "1,  1, yes, no,  '',      promote",
        "2,  1, no,  no,  '',      promote",
        "2,  1, yes, yes, '',      promote",
        "2,  1, yes, no,  standby, promote",
        "2,  1, yes, no,  '',      wait-for-an-answer",
        "2,  1, yes, no,  primary, do-not-promote",
    })
    void aNodeIsPromotedAfterAnEarlierPromotion(
            String recorded, String candidate, String known, String lost, String role, String decision) {
        assertEquals(decision, decide("nobody", "nobody", "decide_promotion", recorded, candidate, known, lost, role));
    }

    @ParameterizedTest
    @CsvSource({
        "standby 1 3 0/50 0/50 t, nobody,                  no,  write",
        "standby 1 3 0/50 0/50 t, nobody,                  yes, wait-for-an-answer",
        "standby 1 3 0/50 0/50 t, standby 2 9 0/90 0/90 t, no,  write",
        "standby 1 3 0/50 0/50 t, standby 1 3 0/50 0/50 t, yes, write",
        "standby 1 3 0/50 0/50 t, standby 1 2 0/60 0/60 t, no,  write",
        "standby 1 3 0/50 0/50 t, standby 1 3 0/51 0/50 f, no,  join-the-peer",
        "standby 1 3 0/50 0/50 t, standby 1 4 0/40 0/40 f, yes, join-the-peer",
        "standby 1 3 0/50 0/50 t, primary 1 4 0/60 0/60 f, no,  join-the-writer",
        "standby 1 3 0/50 0/50 t, primary 1 3 0/50 0/50 f, yes, join-the-writer",
        "standby 1 3 0/50 0/50 t, primary 2 3 0/50 0/50 f, yes, join-the-writer",
    })
    void aFormerPrimaryTakesItsRoleBack(String own, String peer, String mustAnswer, String decision) {
        assertEquals(decision, decide(own, peer, "decide_take_back", "own", "other", mustAnswer));
    }

    @ParameterizedTest
    @CsvSource({
        "no,  no,  primary, yes, 0, join-the-declared",
        "no,  no,  standby, yes, 0, stay",
        "no,  no,  '',      no,  1, wait",
        "no,  yes, '',      yes, 0, stay",
        "no,  yes, '',      no,  2, wait",
        "no,  yes, '',      no,  3, look-for-the-writer",
        "yes, no,  '',      yes, 0, stay",
        "yes, no,  '',      no,  3, look-for-the-writer",
    })
    void aStandbyFollows(
            String declared, String upstream, String role, String streams, String missed, String decision) {
        assertEquals(
                decision, decide("nobody", "nobody", "decide_upstream", declared, upstream, role, streams, missed));
    }

    @ParameterizedTest
    @CsvSource({
        "standby 1 3 0/50 0/50 f, primary 1 3 0/60 0/60 f, unknown, wait-until-all-is-replayed",
        "standby 1 3 0/50 0/50 t, primary 2 3 0/60 0/60 f, unknown, refuse-another-database",
        "standby 1 3 0/50 0/50 t, primary 1 3 0/60 0/60 f, unknown, follow",
        "standby 1 3 0/50 0/50 t, primary 1 4 0/60 0/60 f, unknown, look-for-the-fork",
        "standby 1 3 0/50 0/50 t, primary 1 4 0/60 0/60 f, 0/50,    follow",
        "standby 1 3 0/50 0/50 t, primary 1 4 0/60 0/60 f, 0/4F,    diverged",
        "standby 1 3 0/50 0/50 t, primary 1 4 0/60 0/60 f, never,   diverged",
    })
    void aNodeJoinsAnother(String own, String other, String fork, String decision) {
        assertEquals(decision, decide(own, other, "decide_join", "own", "other", fork));
    }

    @ParameterizedTest
    @CsvSource({
        "former,  no,  stay-read-only",
        "former,  yes, discard",
        "standby, no,  discard",
        "standby, yes, discard",
    })
    void aNodeWithABranchOfItsOwnDoes(String data, String lost, String decision) {
        assertEquals(decision, decide("nobody", "nobody", "decide_diverged", data, lost));
    }

    @ParameterizedTest
    @CsvSource({
        "primary, f, no,  0,   end",
        "primary, f, yes, 0,   end",
        "'',      '', yes, '', wait-for-an-answer",
        "standby, t, no,  0,   wait-for-a-hand-over",
        "standby, f, no,  90s, wait-until-it-replays-at-once",
        "standby, f, yes, 90s, wait-until-all-is-replayed",
        "standby, f, yes, 0,   wait-until-all-is-replayed",
        "standby, t, yes, 0,   ask-the-others",
    })
    void theJobForAHandOverDoes(String role, String waits, String lost, String late, String decision) {
        assertEquals(decision, decide("nobody", "nobody", "decide_job", role, waits, lost, late));
    }

    @ParameterizedTest
    @CsvSource({
        "standby 1 3 0/50 0/50 t, nobody,                  yes, no-obstacle",
        "standby 1 3 0/50 0/50 t, primary 1 3 0/60 0/60 f, yes, wait-for-the-lost-one",
        "standby 1 3 0/50 0/50 t, nobody,                  no,  wait-for-an-answer",
        "standby 1 3 0/50 0/50 t, primary 1 3 0/60 0/60 f, no,  wait-for-a-hand-over",
        "standby 1 3 0/50 0/50 t, standby 1 3 0/40 0/40 f, no,  wait-until-all-is-replayed",
        "standby 1 3 0/50 0/50 t, standby 1 3 0/51 0/51 t, no,  has-more",
        "standby 1 3 0/50 0/50 t, standby 1 4 0/40 0/40 t, no,  has-more",
        "standby 1 3 0/50 0/50 t, standby 1 3 0/50 0/50 t, no,  no-obstacle",
        "standby 1 3 0/50 0/50 t, standby 1 2 0/60 0/60 t, no,  no-obstacle",
    })
    void afterALossThePromotionMeets(String declared, String peer, String lost, String decision) {
        assertEquals(decision, decide(declared, peer, "decide_about_peer", "own", "other", lost));
    }
}
