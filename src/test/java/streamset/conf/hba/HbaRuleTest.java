package streamset.conf.hba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamset.conf.SourceFile;
import streamset.problems.Problems;

/** What is known of connections that are yet to come; {@link HbaDecisionTest} asks real servers about the others. */
@Tag("unit")
class HbaRuleTest {
    private static final String HOST = "db-1.db-svc.shop.svc.cluster.local";

    @ParameterizedTest
    @CsvSource({
        // address                            pod,   Job's, 10.1.2.3, 127.0.0.1, 127.0.0.2
        "all,                                 YES,   YES,   YES,   YES,   YES",
        "${pods},                             YES,   NO,    MAYBE, NO,    NO",
        "samenet,                             YES,   YES,   MAYBE, YES,   YES",
        "samehost,                            NO,    NO,    MAYBE, YES,   NO",
        "0.0.0.0/0,                           YES,   YES,   YES,   YES,   YES",
        "10.0.0.0/8,                          MAYBE, MAYBE, YES,   NO,    NO",
        "10.1.2.3 255.0.255.255,              MAYBE, MAYBE, YES,   NO,    NO",
        "127.0.0.0/8,                         NO,    NO,    NO,    YES,   YES",
        "0.0.0.0/1,                           MAYBE, MAYBE, YES,   YES,   YES",
        "::/0,                                NO,    NO,    NO,    NO,    NO",
        "::1/128,                             NO,    NO,    NO,    NO,    NO",
        "db-1.db-svc.shop.svc.cluster.local,  YES,   MAYBE, MAYBE, MAYBE, MAYBE",
        "DB-1.db-svc.shop.svc.Cluster.local,  YES,   MAYBE, MAYBE, MAYBE, MAYBE",
        "db-2.db-svc.shop.svc.cluster.local,  NO,    MAYBE, MAYBE, MAYBE, MAYBE",
        ".db-svc.shop.svc.cluster.local,      YES,   MAYBE, MAYBE, MAYBE, MAYBE",
        ".svc.shop.svc.cluster.local,         NO,    MAYBE, MAYBE, MAYBE, MAYBE",
        "localhost,                           NO,    MAYBE, MAYBE, MAYBE, MAYBE",
    })
    void fitsAnAddress(String address, Match pod, Match job, Match other, Match loopback, Match loopback2) {
        var rule = rule("host all all " + address + " md5");
        var v4 = IpAddress.Family.IPV4;
        assertEquals(
                List.of(pod, job, other, loopback, loopback2),
                List.of(
                                new HbaClient.Pod(HOST, v4),
                                new HbaClient.UnnamedPod(v4),
                                known("10.1.2.3"),
                                known("127.0.0.1"),
                                known("127.0.0.2"))
                        .stream()
                        .map(client -> rule.matches(plain(client, Optional.of("db"), "user")))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "all,        YES",
        "samenet,    YES",
        "::/0,       YES",
        "fd00::/8,   MAYBE",
        "::1/128,    NO",
        "0.0.0.0/0,  NO",
        "10.0.0.0/8, NO",
    })
    void fitsAPodWithAnIpv6Address(String address, Match match) {
        var pod = new HbaClient.Pod(HOST, IpAddress.Family.IPV6);
        assertEquals(match, rule("host all all " + address + " md5").matches(plain(pod, Optional.of("db"), "user")));
    }

    @ParameterizedTest
    @CsvSource({
        // databases,    users,           app/alice, alice/alice, replication
        "all,            all,             YES,       YES,         NO",
        "replication,    all,             NO,        NO,          YES",
        "'\"replication\"', all,          NO,        NO,          NO",
        "'all,replication', alice,        YES,       YES,         YES",
        "sameuser,       all,             NO,        YES,         NO",
        "samerole,       all,             MAYBE,     YES,         NO",
        "samegroup,      all,             MAYBE,     YES,         NO",
        "'\"all\"',      all,             NO,        NO,          NO",
        "'app,other',    alice,           YES,       NO,          NO",
        "all,            bob,             NO,        NO,          NO",
        "all,            '\"all\"',       NO,        NO,          NO",
        "all,            +staff,          MAYBE,     MAYBE,       NO",
        "all,            '\"+staff\"',    NO,        NO,          NO",
        "all,            +alice,          YES,       YES,         NO",
        "replication,    +staff,          NO,        NO,          MAYBE",
        "samerole,       +staff,          MAYBE,     MAYBE,       NO",
        "all,            '+staff,alice',  YES,       YES,         NO",
        "/^a,            /e$,             YES,       YES,         NO",
        "/^b,            all,             NO,        NO,          NO",
    })
    void fitsADatabaseAndAUser(String databases, String users, Match app, Match own, Match replication) {
        var rule = rule("local " + databases + " " + users + " trust");
        var local = new HbaClient.Socket();
        assertEquals(
                List.of(app, own, replication),
                List.of(
                        rule.matches(HbaQuestion.local("app", "alice")),
                        rule.matches(HbaQuestion.local("alice", "alice")),
                        rule.matches(new HbaQuestion(HbaConnection.LOCAL, local, Optional.empty(), "alice"))));
    }

    @ParameterizedTest
    @CsvSource({
        "local,        LOCAL",
        "host,         PLAIN SSL GSS",
        "hostssl,      SSL",
        "hostnossl,    PLAIN GSS",
        "hostgssenc,   GSS",
        "hostnogssenc, PLAIN SSL",
    })
    void fitsKindsOfConnections(String type, String connections) {
        var rule = rule(type + " all all " + (type.equals("local") ? "" : "all") + " reject");
        assertEquals(
                connections,
                List.of(HbaConnection.values()).stream()
                        .filter(connection -> rule.matches(question(connection)) == Match.YES)
                        .map(HbaConnection::name)
                        .collect(Collectors.joining(" ")));
    }

    private static HbaQuestion question(HbaConnection connection) {
        var client = connection == HbaConnection.LOCAL ? new HbaClient.Socket() : known("10.0.0.1");
        return new HbaQuestion(connection, client, Optional.of("db"), "user");
    }

    @Test
    void isOneOfSeveralThatCanDecide() {
        var file = file("""
                host all all 127.0.0.0/8 trust
                host all all 10.0.0.0/8 reject
                host all +staff all md5
                hostssl all all all cert
                host all all samenet scram-sha-256
                host all all 10.0.0.0/8 md5
                """);
        var decision = file.decides(plain(new HbaClient.Pod(HOST, IpAddress.Family.IPV4), Optional.of("db"), "alice"));
        assertEquals(
                List.of(2, 3), decision.possible().stream().map(HbaRule::number).toList());
        assertEquals(Optional.of(5), decision.certain().map(HbaRule::number));
    }

    @Test
    void isNoneWhenNoneFits() {
        var decision =
                file("host all all 127.0.0.0/8 trust\n").decides(plain(known("10.0.0.1"), Optional.of("db"), "alice"));
        assertEquals(new HbaDecision(List.of(), Optional.empty()), decision);
    }

    @Test
    void isNotAskedForAPodOnTheSocket() {
        var refusal = assertThrows(
                IllegalArgumentException.class,
                () -> new HbaQuestion(HbaConnection.LOCAL, known("10.0.0.1"), Optional.of("db"), "alice"));
        assertEquals("LOCAL from Address[ip=IpAddress[family=IPV4, high=0, low=167772161]]", refusal.getMessage());
    }

    private static HbaQuestion plain(HbaClient client, Optional<String> database, String user) {
        return new HbaQuestion(HbaConnection.PLAIN, client, database, user);
    }

    private static HbaClient known(String address) {
        return new HbaClient.Address(IpAddress.parse(address).orElseThrow());
    }

    private static HbaRule rule(String line) {
        return file(line).rules().get(0);
    }

    private static HbaFile file(String text) {
        var problems = new Problems();
        var file = HbaFile.parse(new SourceFile("a.conf", text), new HbaServer(18, true, List.of()), problems);
        problems.throwIfAny();
        return file;
    }
}
