package streamset.conf.hba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.conf.ProjectDraft;
import streamset.conf.SourceFile;
import streamset.config.StackDraft;
import streamset.problems.Problems;

/** Nobody gets in from the network without a password, unless the stack says so. */
@Tag("unit")
class HbaTrustTest {
    private static void refuseTrust(String text, Problems problems) {
        HbaFile.parse(new SourceFile("a.conf", text), 18, problems).refuseTrust(problems);
    }

    private static void passes(String text) {
        var problems = new Problems();
        refuseTrust(text, problems);
        problems.throwIfAny();
        assertEquals(List.of(), problems.warnings());
    }

    private static void isRefused(String line, String reason) {
        ProjectDraft.assertRefused(
                """
                1 problem, nothing was changed

                a.conf:2             = %s
                problem              : %s
                fix                  : change the method to scram-sha-256; or, if this is intended: pulumi config set streamset:allowTrust true
                """.formatted(line, reason), problems -> refuseTrust("# a comment\n" + line + "\n", problems));
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main/postgresql/pg_hba.conf", "stacks/dev/pg_hba.conf"})
    void isInNoFileOfTheProject(String path) throws IOException {
        passes(Files.readString(Path.of(path)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "local all all trust",
                "local all all ident",
                "host app all 127.0.0.1/32 trust",
                "host app all 127.9.0.0/16 trust",
                "host app all 127.0.0.0/8 trust",
                "host app all 127.1/32 trust",
                "host app all 127.0.0.1 255.255.255.255 trust",
                "host app all 127.3.2.1 255.0.0.0 trust",
                "host app all ::1/128 ident",
                "host app all samehost trust",
                "host app all localhost trust",
                "host app all LocalHost trust",
            })
    void passesWithinAPod(String line) {
        passes(line + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host app all all trust",
                "host all,replication all all trust",
                "host app all samenet trust",
                "host app all \"samehost\" trust", // a name, in quotes
                "host app all ${pods} trust",
                "host app all 10.0.0.1/32 trust",
                "host app all 126.0.0.0/8 trust",
                "host app all 127.0.0.0/7 trust",
                "host app all 127.0.0.1 127.0.0.1 trust",
                "host app all ::/0 trust",
                "host app all ::1/127 trust",
                "host app all .localhost trust",
                "host app all .example trust",
                "hostnossl app all all trust",
                "hostgssenc app all all trust",
            })
    void isRefusedFromTheNetwork(String line) {
        isRefused(line, "lets in whoever can reach a pod from there, without a password");
    }

    @Test
    void isWhatIdentComesTo() {
        isRefused(
                "host app all samenet ident",
                "asks the client's own machine for the user, and so lets in whoever can reach a pod from there");
    }

    @Test
    void isNoneWhereACertificateNamesTheUser() {
        passes("hostssl app all all trust clientcert=verify-full\n");
        isRefused(
                "hostssl app all all trust clientcert=verify-ca",
                "lets in whoever can reach a pod from there, without a password");
        isRefused( // the last one holds
                "hostssl app all all trust clientcert=verify-full clientcert=verify-ca",
                "lets in whoever can reach a pod from there, without a password");
    }

    @Test
    void isToldWithTheLinesThatCannotBeRead() {
        ProjectDraft.assertRefused("""
                2 problems, nothing was changed

                a.conf:2             = local all
                problem              : ends before the user
                fix                  : write it as: local  DATABASE  USER  METHOD

                a.conf:1             = host all all all trust
                problem              : lets in whoever can reach a pod from there, without a password
                fix                  : change the method to scram-sha-256; or, if this is intended: pulumi config set streamset:allowTrust true
                """, problems -> refuseTrust("host all all all trust\nlocal all\n", problems));
    }

    @Test
    void isAllowedWhenTheStackSaysSo(@TempDir Path folder) {
        var project = ProjectDraft.in(folder).base("pg_hba.conf", "host all all all trust\n");
        project.isRefusedWith("""
                1 problem, nothing was changed

                src/main/postgresql/pg_hba.conf:1 = host all all all trust
                problem                           : lets in whoever can reach a pod from there, without a password
                fix                               : change the method to scram-sha-256; or, if this is intended: pulumi config set streamset:allowTrust true
                """);
        var files = project.files(StackDraft.minimal().with("allowTrust", "true"));
        assertTrue(files.pgHbaConf().endsWith("\n\nhost all all all trust\n"), files::pgHbaConf);
    }
}
