package streamset.features.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import streamset.config.CertificateSeed;
import streamset.config.Names;
import streamset.config.StackDraft;
import streamset.plan.Change;
import streamset.plan.Found;
import streamset.plan.Plan;
import streamset.plan.steps.Danger;
import streamset.problems.Problems;
import tools.jackson.databind.node.ObjectNode;

/** {@code streamset:tls.generate}, from the stack file to the Secret and the plan. */
@Tag("unit")
class GeneratedTest {
    private static final String GENERATED = "{\"generate\":\"true\"}";
    private static final String NAMED = "{\"secretName\":\"postgresql-tls\"}";
    private static final String SEED = "planted-0123456789-0123456789-0123";
    private static final String OTHER_SEED = "another-0123456789-0123456789-0123";

    @TempDir
    private Path folder;

    private Change change() {
        return new Change(folder).always("tls", GENERATED).seeds(SEED, SEED);
    }

    private static List<Danger> dangers(Change change) {
        return Plan.of(change.deployed(), change.wanted(), new Problems())
                .orElseThrow()
                .dangers();
    }

    /** What an update in spring 2026 has left. */
    private static Found sinceSpring(Found found) {
        var names = new Names("postgresql", "postgresql", "cluster.local");
        var former = Certificates.of(new CertificateSeed(SEED), names, new Validity(LocalDate.of(2026, 4, 1)));
        return found.with(
                "Secret postgresql-certificate",
                secret -> former.files()
                        .forEach((name, text) -> ((ObjectNode) secret.path("data"))
                                .put(
                                        name,
                                        Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII)))));
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        StackDraft.minimal()
                .with("tls", "{\"generate\":\"true\",\"secretName\":\"postgresql-tls\"}")
                .isRefusedWith("""
                2 problems, nothing was changed

                streamset:tls.secretName = postgresql-tls
                problem                  : generate is set too; only one of the two can apply
                fix                      : pulumi config rm --path 'streamset:tls.secretName'; or pulumi config rm --path 'streamset:tls.generate'

                streamset:certificateSeed = (not set)
                problem                   : the keys of generated certificates are made from it, and it is not set
                fix                       : pulumi config set --secret streamset:certificateSeed "$(openssl rand -base64 32)"
                """);
    }

    @Test
    void takesNoSeedInClearTextOrOneThatCouldBeGuessed() {
        StackDraft.minimal()
                .with("tls", GENERATED)
                .with("certificateSeed", "planted")
                .isRefusedWith("""
                2 problems, nothing was changed

                streamset:certificateSeed = [clear text]
                problem                   : must be stored encrypted; the clear text stays in the history of the file, so it takes another one
                fix                       : pulumi config set --secret streamset:certificateSeed "$(openssl rand -base64 32)"

                streamset:certificateSeed = [secret]
                problem                   : must be random, and have at least 32 characters
                fix                       : pulumi config set --secret streamset:certificateSeed "$(openssl rand -base64 32)"
                """);
    }

    @Test
    void leavesTheNameOfItsSecretToNobodyElse() {
        StackDraft.minimal()
                .with("tls", "{\"secretName\":\"postgresql-certificate\"}")
                .isRefusedWith("""
                1 problem, nothing was changed

                streamset:tls.secretName = postgresql-certificate
                problem                  : is the name of the Secret that the program makes with generate
                fix                      : pulumi config set --plaintext --path 'streamset:tls.secretName' <another name>
                """);
    }

    @Test
    void changesNothingInTheSameQuarter() {
        assertEquals("changes since yesterday: none\n", change().plan());
    }

    @Test
    void isRenewedWithoutARestartAndThePlanSaysUntilWhen() {
        var change = change().found(GeneratedTest::sinceSpring);
        var plan = change.plan();
        assertTrue(plan.startsWith("changes since yesterday: no pause"), plan);
        assertTrue(
                plan.contains(
                        "the servers' certificate is renewed; the former one expires on 2027-05-02; the new one expires"
                                + " on "),
                plan);
        assertFalse(plan.contains("restart") || plan.contains("passwords"), plan);
        assertFalse(plan.contains("tls.key") || plan.contains("LS0t"), plan);
        assertEquals(List.of(), dangers(change));
    }

    @Test
    void anotherSeedIsAnotherRootWhichClientsNeed() {
        var change = change().seeds(SEED, OTHER_SEED);
        assertEquals(
                List.of(
                        "another root certificate signs the servers' certificate: clients that verify it need the new ca.crt"
                                + " (output rootCertificateCommand)"),
                dangers(change).stream().map(Danger::text).toList());
        var plan = change.plan();
        assertFalse(plan.contains("LS0t"), plan);
    }

    @Test
    void isSwitchedOnByARestart() {
        var change = new Change(folder).after("tls", GENERATED).seeds(SEED, SEED);
        var plan = change.plan();
        assertTrue(plan.contains("pods restart one at a time"), plan);
        assertTrue(plan.contains("Secret postgresql-certificate does not exist and is created"), plan);
        assertEquals(List.of(), dangers(change));
    }

    @Test
    void takesThePlaceOfANamedOneOnlyWhenTlsIsOff() {
        new Change(folder)
                .before("tls", NAMED)
                .after("tls", GENERATED)
                .seeds(SEED, SEED)
                .isRefused("""
                1 problem, nothing was changed

                streamset:tls.generate = true
                problem                : the pods get another root certificate one at a time, and would not accept the certificates of those that still have the former one
                fix                    : pulumi config rm streamset:tls, then: pulumi up; then: pulumi config set --path 'streamset:tls.generate' true
                """);
        new Change(folder)
                .before("tls", GENERATED)
                .after("tls", NAMED)
                .seeds(SEED, SEED)
                .isRefused("""
                1 problem, nothing was changed

                streamset:tls.secretName = postgresql-tls
                problem                  : the pods get another root certificate one at a time, and would not accept the certificates of those that still have the former one
                fix                      : pulumi config rm streamset:tls, then: pulumi up; then: pulumi config set --plaintext --path 'streamset:tls.secretName' postgresql-tls
                """);
    }
}
