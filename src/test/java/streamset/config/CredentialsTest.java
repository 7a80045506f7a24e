package streamset.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("unit")
class CredentialsTest {
    private static final String SECRET = "hunter2";

    @Test
    void areThePasswordsOfBothRoles() {
        assertEquals(
                new Credentials.Passwords("one", "two"),
                StackDraft.withPasswords("one", "two").config().credentials());
    }

    @Test
    void areTheNameOfASecretThatExists() {
        assertEquals(
                new Credentials.ExistingSecret("passwords"),
                StackDraft.minimal().with("passwords", "{}").config().credentials());
    }

    @Test
    void takeAnyPrintablePassword() {
        assertEquals(
                new Credentials.Passwords("a b'c\"d\\e$f", "ä€😀"),
                StackDraft.withPasswords("a b'c\\\"d\\\\e$f", "ä€😀").config().credentials());
    }

    @Nested
    class AreRefused {
        @Test
        void whenTheyAreMissing() {
            StackDraft.empty().isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:passwords  = (not set)
                    problem              : passwords or secretName must say where the passwords come from
                    fix                  : pulumi config set --secret --path 'streamset:passwords.postgres' "$(openssl rand -base64 24)"
                    """);
        }

        @Test
        void whenTheyAreGivenInBothWays() {
            StackDraft.withPasswords("one", "two")
                    .with("secretName", "passwords")
                    .isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:secretName = passwords
                    problem              : passwords are set too; only one of the two can apply
                    fix                  : pulumi config rm streamset:secretName
                    """);
        }

        @Test
        void whenOneOfTheTwoIsMissing() {
            StackDraft.empty().withSecret("passwords", "{\"postgres\":\"one\"}").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:passwords.replicator = (not set)
                    problem                        : both roles, postgres and replicator, need a password
                    fix                            : pulumi config set --secret --path 'streamset:passwords.replicator' "$(openssl rand -base64 24)"
                    """);
        }

        @Test
        void whenOneOfTheTwoIsEmpty() {
            StackDraft.withPasswords("", "two").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:passwords.postgres = (not set)
                    problem                      : both roles, postgres and replicator, need a password
                    fix                          : pulumi config set --secret --path 'streamset:passwords.postgres' "$(openssl rand -base64 24)"
                    """);
        }

        @Test
        void whenTheyAreStoredInClearText() {
            StackDraft.empty()
                    .with("passwords", "{\"postgres\":\"one\",\"replicator\":\"two\"}")
                    .isRefusedWith("""
                            2 problems, nothing was changed

                            streamset:passwords.postgres = [clear text]
                            problem                      : must be stored encrypted; the clear text stays in the history of the file, so it takes another password
                            fix                          : pulumi config set --secret --path 'streamset:passwords.postgres' "$(openssl rand -base64 24)"

                            streamset:passwords.replicator = [clear text]
                            problem                        : must be stored encrypted; the clear text stays in the history of the file, so it takes another password
                            fix                            : pulumi config set --secret --path 'streamset:passwords.replicator' "$(openssl rand -base64 24)"
                            """);
        }

        @Test
        void whenOneIsInClearTextBesideTheOther() {
            StackDraft.withPasswords("one", "two")
                    .inClearText("passwords.replicator")
                    .isRefusedWith("""
                            1 problem, nothing was changed

                            streamset:passwords.replicator = [clear text]
                            problem                        : must be stored encrypted; the clear text stays in the history of the file, so it takes another password
                            fix                            : pulumi config set --secret --path 'streamset:passwords.replicator' "$(openssl rand -base64 24)"
                            """);
        }

        @Test
        void whenTheyHaveControlCharacters() {
            StackDraft.withPasswords("one\\ntwo", "fine").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:passwords.postgres = [secret]
                    problem                      : must have no control characters: initdb reads one line
                    fix                          : pulumi config set --secret --path 'streamset:passwords.postgres' "$(openssl rand -base64 24)"
                    """);
        }

        @Test
        void whenTheyAreNoObject() {
            StackDraft.empty().withSecret("passwords", "hunter2").isRefusedWith("""
                    1 problem, nothing was changed

                    streamset:passwords  = [secret]
                    problem              : must be an object with named fields; this is not JSON
                    fix                  : pulumi config rm streamset:passwords, then set each field: pulumi config set --secret --path 'streamset:passwords.<field>' <value>
                    """);
        }

        @Test
        void whenAThirdRoleHasOne() {
            StackDraft.empty()
                    .withSecret("passwords", "{\"postgres\":\"one\",\"replicator\":\"two\",\"admin\":\"three\"}")
                    .isRefusedWith("""
                            1 problem, nothing was changed

                            streamset:passwords.admin = [secret]
                            problem                   : no such key; there are: postgres, replicator
                            fix                       : pulumi config rm --path 'streamset:passwords.admin'
                            """);
        }
    }

    @Test
    void areSetEncryptedByEveryCommandThatIsRecommended() {
        badPasswords()
                .map(StackDraft::refusal)
                .flatMap(String::lines)
                .forEach(line -> assertTrue(
                        !line.contains("config set")
                                || !line.contains("streamset:passwords")
                                || line.contains("--secret"),
                        line));
    }

    @ParameterizedTest
    @MethodSource("badPasswords")
    void areInNoMessage(StackDraft bad) {
        assertFalse(bad.refusal().contains(SECRET), bad::refusal);
    }

    static Stream<StackDraft> badPasswords() {
        return Stream.of(
                        "hunter2",
                        "\"hunter2\"",
                        "[\"hunter2\"]",
                        "{\"postgres\":\"hunter2\"",
                        "{\"postgres\":hunter2}",
                        "{\"postgres\":\"hunter2",
                        "{\"postgres\":\"hunter2\"} hunter2",
                        "{\"postgres\":\"hunter2\",\"postgres\":\"hunter2\"}",
                        "{\"postgres\":\"hunter2\"}",
                        "{\"postgres\":\"hunter2\",\"replicator\":\"hunter2\\u0007\"}",
                        "{\"postgres\":[\"hunter2\"],\"replicator\":{\"password\":\"hunter2\"}}",
                        "{\"postgres\":\"hunter2\",\"replicator\":\"hunter2\",\"replikator\":\"hunter2\"}",
                        "{\"postgres\":\"(hunter2\\n\",\"replicator\":\"(not set) hunter2\\n\"}",
                        "{\"postgres\":\"hunter2\",\"replicator\":\"hunter2\",\"admin\":[\"hunter2\"]}")
                .flatMap(passwords -> Stream.of(
                        StackDraft.empty().with("passwords", passwords),
                        StackDraft.empty().withSecret("passwords", passwords).with("replicas", "2"),
                        StackDraft.minimal().withSecret("passwords", passwords).with("replicas", "2")));
    }
}
