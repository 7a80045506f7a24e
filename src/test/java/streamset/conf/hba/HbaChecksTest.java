package streamset.conf.hba;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.conf.ProjectDraft;
import streamset.conf.SourceFile;
import streamset.problems.Problems;

@Tag("unit")
class HbaChecksTest {
    private static final String SOCKET = "local postgres postgres trust\n";
    private static final String JOBS = "host postgres postgres all scram-sha-256\n";
    private static final String STANDBYS = "host replication replicator ${pods} scram-sha-256\n";

    private int pods = 3;
    private boolean ssl;
    private boolean allowTrust;

    private void check(String text, Problems problems) {
        var source = new SourceFile("a.conf", text);
        var server = new HbaServer(18, ssl, List.of());
        var hosts = IntStream.range(0, pods)
                .mapToObj(i -> "db-" + i + ".db-svc.shop.svc.cluster.local")
                .toList();
        var file = HbaFile.parse(source, server, problems);
        new HbaChecks(source, file, hosts, server, allowTrust, problems).check();
    }

    private void passes(String text) {
        warns("", text);
    }

    /** @param expected the whole of what is told */
    private void warns(String expected, String text) {
        var problems = new Problems();
        check(text, problems);
        problems.throwIfAny();
        assertEquals(
                expected,
                problems.warnings().stream()
                        .map(warning -> warning.text() + "\n")
                        .collect(Collectors.joining("\n")));
    }

    private void refuses(String expected, String text) {
        ProjectDraft.assertRefused(expected, problems -> check(text, problems));
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main/postgresql/pg_hba.conf", "stacks/dev/pg_hba.conf"})
    void findNothingInTheFilesOfTheProject(String path) throws IOException {
        passes(Files.readString(Path.of(path)));
    }

    @Test
    void waitUntilEveryLineCanBeRead() {
        refuses("""
                1 problem, nothing was changed

                a.conf:1             = host replication replicator all md6
                problem              : "md6" is no method of PostgreSQL 18 on Linux, did you mean md5?
                fix                  : use one of: trust, reject, scram-sha-256, md5, password, peer, ident, gss, pam, ldap, radius, cert, oauth
                """, "host replication replicator all md6\n");
    }

    @Test
    void tellWhatIsMissingInAFileWithoutLines() {
        refuses("""
                3 problems, nothing was changed

                a.conf               = (no line)
                problem              : no line fits user replicator, who replicates from every pod: no standby could clone or stream there
                fix                  : add to a.conf: host  replication  replicator  ${pods}  scram-sha-256

                a.conf               = (no line)
                problem              : no line fits user postgres, who logs in to database postgres from a Job's pod: no Job could set the password of replicator, keep the slots or reload changed files
                fix                  : add to a.conf: host  postgres  postgres  all  scram-sha-256

                a.conf               = (no line)
                problem              : no line fits user postgres, who logs in to database postgres through the pod's own socket: the status command, and psql by kubectl exec, would not work
                fix                  : add to a.conf: local  postgres  postgres  trust
                """, "# nothing\n");
    }

    @Nested
    class Replication {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "host replication replicator ${pods} scram-sha-256",
                    "host replication replicator samenet md5",
                    "host all,replication all all password",
                    "hostnossl replication replicator .db-svc.shop.svc.cluster.local scram-sha-256",
                    "host replication /^repl ${pods} scram-sha-256",
                    "host replication +replicator ${pods} scram-sha-256",
                    "host all all all reject\nhost replication replicator ${pods} scram-sha-256",
                    "host replication all samehost reject\nhost replication all samenet md5",
                    "host replication all 127.0.0.1/32 reject\nhost replication all samenet md5",
                    "host replication all 0.0.0.0/0 md5\nhost replication all ::/0 md5",
                })
        void passes(String lines) {
            HbaChecksTest.this.passes(SOCKET + JOBS + lines + "\n");
        }

        @Test
        void isNotForASinglePod() {
            pods = 1;
            HbaChecksTest.this.passes(SOCKET + JOBS);
        }

        @Test
        void passesWithALineForEachPod() {
            HbaChecksTest.this.passes(SOCKET + JOBS + """
                    host replication replicator db-0.db-svc.shop.svc.cluster.local scram-sha-256
                    host replication replicator DB-1.db-svc.shop.svc.cluster.local scram-sha-256
                    host replication replicator db-2.db-svc.shop.svc.cluster.local scram-sha-256
                    """);
        }

        @Test
        void failsForThePodsThatHaveNone() {
            pods = 7;
            refuses("""
                    2 problems, nothing was changed

                    a.conf               = (no line)
                    problem              : no line fits user replicator, who replicates from db-0, db-2, db-3 and 2 more pods: no standby could clone or stream there
                    fix                  : add to a.conf: host  replication  replicator  ${pods}  scram-sha-256

                    a.conf:4             = host replication replicator db-6.db-svc.shop.svc.cluster.local reject
                    problem              : rejects user replicator, who replicates from db-6: no standby could clone or stream there
                    fix                  : add before line 4 of a.conf: host  replication  replicator  ${pods}  scram-sha-256
                    """, SOCKET + JOBS + """
                    host replication replicator db-1.db-svc.shop.svc.cluster.local scram-sha-256
                    host replication replicator db-6.db-svc.shop.svc.cluster.local reject
                    """);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "host replication all ${pods} reject     | rejects user replicator, who replicates from every pod",
                    "host all,replication all samenet gss    | asks user replicator, who replicates from every pod, by the method gss, but there is only the declared password",
                    "host replication replicator ${pods} pam | asks user replicator, who replicates from every pod, by the method pam, but there is only the declared password",
                })
        void failsByALine(String line, String reason) {
            refuses("""
                    1 problem, nothing was changed

                    a.conf:3             = %s
                    problem              : %s: no standby could clone or stream there
                    fix                  : add before line 3 of a.conf: host  replication  replicator  ${pods}  scram-sha-256
                    """.formatted(line, reason), SOCKET + JOBS + line + "\n# " + STANDBYS);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "host all all all scram-sha-256", // all does not mean replication
                    "host \"replication\" replicator all scram-sha-256",
                    "host replication postgres,\"all\" all scram-sha-256",
                    "host replication replicator samehost scram-sha-256",
                    "host replication replicator 127.0.0.0/8 scram-sha-256",
                    "host replication replicator other.example scram-sha-256",
                    "hostgssenc replication replicator all scram-sha-256",
                    "local replication replicator scram-sha-256",
                })
        void failsForWantOfALine(String line) {
            refuses("""
                    1 problem, nothing was changed

                    a.conf               = (no line)
                    problem              : no line fits user replicator, who replicates from every pod: no standby could clone or stream there
                    fix                  : add to a.conf: host  replication  replicator  ${pods}  scram-sha-256
                    """, SOCKET + JOBS + line + "\n");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "host replication replicator 10.244.0.0/16 scram-sha-256",
                    "host replication replicator 0.0.0.0/0 scram-sha-256",
                    "host replication +standbys all scram-sha-256",
                })
        void dependsOnALineThatMayFit(String line) {
            warns("""
                    a.conf:3             = %s
                    problem              : lets in user replicator, who replicates from every pod, only where it fits, which is not known yet (that depends on the pods' addresses or the members of roles); else no line fits: no standby could clone or stream there
                    fix                  : add before line 3 of a.conf: host  replication  replicator  ${pods}  scram-sha-256
                    """.formatted(line), SOCKET + JOBS + line + "\n");
        }

        @Test
        void dependsOnALineThatMayFitBeforeAnother() {
            warns("""
                    a.conf:3             = host replication all 10.244.0.0/16 scram-sha-256
                    problem              : lets in user replicator, who replicates from every pod, only where it fits, which is not known yet (that depends on the pods' addresses or the members of roles); else line 4 decides: no standby could clone or stream there
                    fix                  : add before line 3 of a.conf: host  replication  replicator  ${pods}  scram-sha-256
                    """, SOCKET + JOBS + """
                    host replication all 10.244.0.0/16 scram-sha-256
                    host replication all all reject
                    """);
        }

        @Test
        void dependsOnALineThatMayReject() {
            warns("""
                    a.conf:3             = host replication all 10.0.0.0/8 reject
                    problem              : rejects user replicator, who replicates from every pod, where it fits, which is not known yet (that depends on the pods' addresses or the members of roles): no standby could clone or stream there
                    fix                  : add before line 3 of a.conf: host  replication  replicator  ${pods}  scram-sha-256
                    """, SOCKET + JOBS + "host replication all 10.0.0.0/8 reject\n" + STANDBYS);
        }

        @Nested
        class WithTls {
            WithTls() {
                ssl = true;
            }

            @ParameterizedTest
            @ValueSource(
                    strings = {
                        "hostssl replication replicator ${pods} scram-sha-256",
                        "hostnossl replication replicator ${pods} scram-sha-256", // libpq tries again without
                        "hostssl replication all all cert\nhostnossl replication all ${pods} scram-sha-256",
                        "hostssl replication all all reject\nhost replication all ${pods} scram-sha-256",
                        "hostssl replication all ${pods} md5\nhost replication all all reject",
                    })
            void passes(String lines) {
                HbaChecksTest.this.passes(SOCKET + JOBS + lines + "\n");
            }

            @ParameterizedTest
            @ValueSource(strings = {"md5 clientcert=verify-ca", "scram-sha-256 clientcert=verify-full", "cert"})
            void failsWhenACertificateIsAskedForToo(String method) {
                refuses("""
                        1 problem, nothing was changed

                        a.conf               = (no line)
                        problem              : no line fits user replicator, who replicates from every pod: no standby could clone or stream there
                        fix                  : add to a.conf: host  replication  replicator  ${pods}  scram-sha-256
                        """, SOCKET + JOBS + "hostssl replication replicator ${pods} " + method + "\n");
            }

            @Test
            void dependsOnANetworkWithTlsAlone() {
                warns("""
                        a.conf:3             = hostssl replication replicator 10.0.0.0/8 md5
                        problem              : lets in user replicator, who replicates from every pod, only where it fits, which is not known yet (that depends on the pods' addresses or the members of roles); else line 4 decides: no standby could clone or stream there
                        fix                  : add before line 3 of a.conf: host  replication  replicator  ${pods}  scram-sha-256
                        """, SOCKET + JOBS + """
                        hostssl replication replicator 10.0.0.0/8 md5
                        host replication all all reject
                        """);
            }
        }
    }

    @Nested
    class Administration {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "host all all all md5",
                    "host postgres postgres samenet password",
                    "host sameuser all all scram-sha-256",
                    "host samerole +postgres all scram-sha-256",
                    "host app all all reject\nhost all alice all reject\nhost all postgres all md5",
                })
        void passes(String lines) {
            HbaChecksTest.this.passes(SOCKET + STANDBYS + lines + "\n");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "host all all ${pods} scram-sha-256", // a Job's pod has no such name
                    "host app postgres all scram-sha-256",
                    "host all alice all scram-sha-256",
                    "host all all 127.0.0.1/32 scram-sha-256",
                })
        void failsForWantOfALine(String line) {
            refuses("""
                    1 problem, nothing was changed

                    a.conf               = (no line)
                    problem              : no line fits user postgres, who logs in to database postgres from a Job's pod: no Job could set the password of replicator, keep the slots or reload changed files
                    fix                  : add to a.conf: host  postgres  postgres  all  scram-sha-256
                    """, SOCKET + STANDBYS + line + "\n");
        }

        @Test
        void failsByALine() {
            refuses(
                    """
                    1 problem, nothing was changed

                    a.conf:3             = host all postgres all reject # superusers: never
                    problem              : rejects user postgres, who logs in to database postgres from a Job's pod: no Job could set the password of replicator, keep the slots or reload changed files
                    fix                  : add before line 3 of a.conf: host  postgres  postgres  all  scram-sha-256
                    """,
                    SOCKET + STANDBYS + "host all postgres all reject # superusers: never\nhost all all all md5\n");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"host all all 10.244.0.0/16 md5", "host all all .example md5", "host all +admins all md5"})
        void dependsOnALineThatMayFit(String line) {
            warns("""
                    a.conf:3             = %s
                    problem              : lets in user postgres, who logs in to database postgres from a Job's pod, only where it fits, which is not known yet (that depends on the pods' addresses or the members of roles); else no line fits: no Job could set the password of replicator, keep the slots or reload changed files
                    fix                  : add before line 3 of a.conf: host  postgres  postgres  all  scram-sha-256
                    """.formatted(line), SOCKET + STANDBYS + line + "\n");
        }
    }

    @Nested
    class Socket {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "local all all trust",
                    "local all postgres peer",
                    "local postgres all ident",
                    "local sameuser all peer"
                })
        void passes(String line) {
            HbaChecksTest.this.passes(STANDBYS + JOBS + line + "\n");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "local all all reject        | rejects user postgres, who logs in to database postgres through the pod's own socket",
                    "local all all scram-sha-256 | asks user postgres, who logs in to database postgres through the pod's own socket, by the method scram-sha-256, but there is nobody to type a password",
                })
        void failsByALine(String line, String reason) {
            refuses("""
                    1 problem, nothing was changed

                    a.conf:3             = %s
                    problem              : %s: the status command, and psql by kubectl exec, would not work
                    fix                  : add before line 3 of a.conf: local  postgres  postgres  trust
                    """.formatted(line, reason), STANDBYS + JOBS + line + "\n");
        }

        @Test
        void failsForWantOfALine() {
            refuses(
                    """
                    1 problem, nothing was changed

                    a.conf               = (no line)
                    problem              : no line fits user postgres, who logs in to database postgres through the pod's own socket: the status command, and psql by kubectl exec, would not work
                    fix                  : add to a.conf: local  postgres  postgres  trust
                    """,
                    STANDBYS + JOBS
                            + "local replication all trust\nlocal all alice trust\nhost all all samehost trust\n");
        }
    }

    @Nested
    class Trust {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "local all all trust",
                    "host all all 127.0.0.1/32 trust",
                    "host all all 127.9.0.0/16 trust",
                    "host all all 127.0.0.1 255.255.255.255 trust",
                    "host all all ::1/128 ident",
                    "host all all samehost trust",
                    "host all all localhost trust",
                })
        void passesWithinAPod(String line) {
            HbaChecksTest.this.passes(SOCKET + STANDBYS + JOBS + line.replace("all all", "app all") + "\n");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "host app all all trust",
                    "host app all samenet trust",
                    "host app all ${pods} trust",
                    "host app all 10.0.0.1/32 trust",
                    "host app all 127.0.0.0/7 trust",
                    "host app all 127.0.0.1 127.0.0.1 trust",
                    "host app all ::/0 trust",
                    "host app all .example trust",
                    "hostnossl app all all trust",
                    "hostgssenc app all all trust",
                })
        void isRefusedFromTheNetwork(String line) {
            refuses("""
                    1 problem, nothing was changed

                    a.conf:4             = %s
                    problem              : lets in whoever can reach a pod from there, without a password
                    fix                  : change the method to scram-sha-256; or, if it is meant so: pulumi config set streamset:allowTrust true
                    """.formatted(line), SOCKET + STANDBYS + JOBS + line + "\n");
        }

        @Test
        void isWhatIdentComesTo() {
            refuses("""
                    1 problem, nothing was changed

                    a.conf:4             = host app all samenet ident
                    problem              : asks the client's own machine who the user is, and so lets in whoever can reach a pod from there
                    fix                  : change the method to scram-sha-256; or, if it is meant so: pulumi config set streamset:allowTrust true
                    """, SOCKET + STANDBYS + JOBS + "host app all samenet ident\n");
        }

        @Test
        void isToldOnceForThoseWhoMustGetIn() {
            refuses("""
                    1 problem, nothing was changed

                    a.conf:2             = host all,replication all all trust
                    problem              : lets in whoever can reach a pod from there, without a password
                    fix                  : change the method to scram-sha-256; or, if it is meant so: pulumi config set streamset:allowTrust true
                    """, SOCKET + "host all,replication all all trust\n");
        }

        @Test
        void isAllowedWhenTheStackSaysSo() {
            allowTrust = true;
            HbaChecksTest.this.passes(SOCKET + "host all,replication all all trust\n");
            HbaChecksTest.this.passes(SOCKET + STANDBYS + JOBS + "host app all all ident\n");
        }

        @Test
        void isNoneWhereACertificateNamesTheUser() {
            ssl = true;
            HbaChecksTest.this.passes(SOCKET + STANDBYS + JOBS + "hostssl app all all trust clientcert=verify-full\n");
            refuses("""
                    1 problem, nothing was changed

                    a.conf:4             = hostssl app all all trust clientcert=verify-ca
                    problem              : lets in whoever can reach a pod from there, without a password
                    fix                  : change the method to scram-sha-256; or, if it is meant so: pulumi config set streamset:allowTrust true
                    """, SOCKET + STANDBYS + JOBS + "hostssl app all all trust clientcert=verify-ca\n");
        }
    }

    @Test
    void warnOfLinesThatNeverDecide() {
        warns("""
                a.conf:5             = host all alice 10.0.0.0/8 reject
                problem              : never decides: line 3 comes first and fits all that this line fits: host all all all scram-sha-256 # everybody
                fix                  : delete line 5, or move it before line 3

                a.conf:7             = hostnossl app /^a samenet md5
                problem              : never decides: line 3 comes first and fits all that this line fits: host all all all scram-sha-256 # everybody
                fix                  : delete line 7, or move it before line 3
                """, """
                local all all trust
                host replication replicator ${pods} scram-sha-256
                host all all all scram-sha-256 # everybody

                host all alice 10.0.0.0/8 reject
                host replication alice all reject
                hostnossl app /^a samenet md5
                """);
    }
}
