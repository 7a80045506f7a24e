package streamset.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class FailoverTest {
    private final StackDraft stack = StackDraft.minimal();

    @Test
    void isDeclaredUnlessTheStackSaysOtherwise() {
        assertEquals(Failover.DECLARED, stack.config().failover());
        assertEquals(
                Failover.DECLARED, stack.with("failover", "declared").config().failover());
    }

    @Test
    void isAutomaticWithPatronisTimes() {
        assertEquals(
                new Failover(
                        true,
                        new FailoverTimes(
                                Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ZERO),
                        false),
                stack.with("failover", "automatic")
                        .with("image", "example.org/postgres-patroni:18")
                        .with(
                                "failoverTimes",
                                "{\"ttl\":\"1m\",\"loopWait\":\"10s\",\"retryTimeout\":\"20 s\",\"primaryStartTimeout\":\"0s\"}")
                        .with("synchronous", "{\"standbys\":1,\"strict\":false}")
                        .config()
                        .failover());
    }

    @Test
    void hasDefaultsThatPatroniAccepts() {
        assertEquals(
                new Failover(true, FailoverTimes.DEFAULT, true),
                stack.with("failover", "automatic")
                        .with("image", "example.org/postgres-patroni:18")
                        .config()
                        .failover());
    }

    @Test
    void refusesTheOfficialImage() {
        stack.with("failover", "automatic").isRefusedWith("""
                1 problem, nothing was changed

                streamset:image      = docker.io/library/postgres:18
                problem              : has no Patroni, which failover automatic needs
                fix                  : build one with it (docs/images.md), then: pulumi config set streamset:image <image>
                """);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        stack.with("failover", "patroni").isRefusedWith("""
                1 problem, nothing was changed

                streamset:failover   = patroni
                problem              : must be declared or automatic
                fix                  : pulumi config set streamset:failover automatic
                """);
    }

    @Test
    void refusesWhatOnlyADeclaredFailoverHas() {
        stack.with("failover", "automatic")
                .with("image", "example.org/postgres-patroni:18")
                .with("lost", "[1]")
                .with("keepDiverged", "true")
                .isRefusedWith("""
                2 problems, nothing was changed

                streamset:lost       = [1]
                problem              : with failover automatic the pods decide by themselves who takes over, and nobody has to declare a pod lost
                fix                  : pulumi config rm streamset:lost

                streamset:keepDiverged = true
                problem                : with failover automatic the pods decide by themselves whose data are rewound or cloned again, and keep no copy of them
                fix                    : pulumi config rm streamset:keepDiverged
                """);
    }

    @Test
    void refusesWhatOnlyAnAutomaticFailoverHas() {
        stack.with("failoverTimes", "{\"ttl\":\"30s\"}")
                .with("synchronous", "{\"strict\":false}")
                .isRefusedWith("""
                2 problems, nothing was changed

                streamset:failoverTimes = ttl
                problem                 : applies only to failover automatic: with failover declared an update decides when another pod writes
                fix                     : pulumi config rm streamset:failoverTimes; or, for an automatic failover: pulumi config set streamset:failover automatic

                streamset:synchronous.strict = false
                problem                      : applies only to failover automatic: with failover declared commits always wait for their standbys
                fix                          : pulumi config rm --path 'streamset:synchronous.strict'; or, for an automatic failover: pulumi config set streamset:failover automatic
                """);
    }

    @Test
    void refusesALeaseThatEndsWhileItsHolderTriesToRenewIt() {
        stack.with("failover", "automatic")
                .with("image", "example.org/postgres-patroni:18")
                .with("failoverTimes", "{\"retryTimeout\":\"10s\"}")
                .isRefusedWith("""
                1 problem, nothing was changed

                streamset:failoverTimes.ttl = 20s
                problem                     : must be at least loopWait + 2 × retryTimeout (5s + 2 × 10s): otherwise a lease ends while its holder still tries to renew it
                fix                         : pulumi config set --path 'streamset:failoverTimes.ttl' 25s
                """);
    }

    @Test
    void doesNotProposeALeaseThatItRefuses() {
        stack.with("failover", "automatic")
                .with("image", "example.org/postgres-patroni:18")
                .with("failoverTimes", "{\"retryTimeout\":\"200s\",\"loopWait\":\"10s\"}")
                .isRefusedWith("""
                1 problem, nothing was changed

                streamset:failoverTimes.ttl = 20s
                problem                     : must be at least loopWait + 2 × retryTimeout (10s + 2 × 200s): otherwise a lease ends while its holder still tries to renew it
                fix                         : pulumi config rm --path 'streamset:failoverTimes.loopWait'; pulumi config rm --path 'streamset:failoverTimes.retryTimeout'
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "ttl, 19s, 20s … 300s, 20s",
        "ttl, 301s, 20s … 300s, 20s",
        "loopWait, 0s, 1s … 300s, 5s",
        "retryTimeout, 2s, 3s … 300s, 5s",
        "primaryStartTimeout, 61m, 0s … 3600s, 300s",
        "ttl, 30, 20s … 300s, 20s"
    })
    void refusesTimesThatPatroniWouldReplaceByOthers(String key, String value, String range, String example) {
        var problem = "streamset:failoverTimes." + key;
        stack.with("failover", "automatic")
                .with("image", "example.org/postgres-patroni:18")
                .with("failoverTimes", "{\"" + key + "\":\"" + value + "\"}")
                .isRefusedWith("""
                1 problem, nothing was changed

                %s = %s
                problem%s: must be a time such as 30s or 1m, %s
                fix    %s: pulumi config set --path '%s' %s
                """.formatted(
                                problem,
                                value,
                                " ".repeat(problem.length() - 6),
                                range,
                                " ".repeat(problem.length() - 6),
                                problem,
                                example));
    }
}
