package streamset.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import streamset.cluster.ClusterSpec;
import streamset.conf.ProjectDraft;
import streamset.config.StackDraft;
import streamset.problems.BadInput;
import streamset.problems.Problems;

/** A stack as it was and as it is to be, as a test writes it: three pods that say nothing particular, and what differs. */
final class Change {
    private static final String CONF = "wal_level = replica\n";

    private final ProjectDraft project;
    private final StackDraft before = StackDraft.minimal();
    private final StackDraft after = StackDraft.minimal();
    private UnaryOperator<Deployed> found = before -> before;
    private String confBefore = CONF;
    private String confAfter = CONF;
    private String hbaBefore = ProjectDraft.PG_HBA_CONF;
    private String hbaAfter = ProjectDraft.PG_HBA_CONF;

    Change(Path folder) {
        this.project = ProjectDraft.in(folder);
        always("resources", "{\"cpu\":\"1\",\"memory\":\"16Gi\"}"); // so much that no value is computed around another
    }

    Change always(String key, String value) {
        return before(key, value).after(key, value);
    }

    Change before(String key, String value) {
        before.with(key, value);
        return this;
    }

    Change after(String key, String value) {
        after.with(key, value);
        return this;
    }

    Change key(String key, String old, String now) {
        return before(key, old).after(key, now);
    }

    /** postgresql.conf, behind its first line. */
    Change conf(String old, String now) {
        confBefore = CONF + old;
        confAfter = CONF + now;
        return this;
    }

    /** pg_hba.conf, before the lines that let in everybody who must get in. */
    Change hba(String old, String now) {
        hbaBefore = old + ProjectDraft.PG_HBA_CONF;
        hbaAfter = now + ProjectDraft.PG_HBA_CONF;
        return this;
    }

    /** How what is found differs from what was declared. */
    Change found(UnaryOperator<Deployed> difference) {
        found = difference;
        return this;
    }

    Declaration declaredBefore() {
        return found.apply(new Deployed(declaration(specBefore()))).declaration();
    }

    Declaration declaredAfter() {
        return declaration(specAfter());
    }

    private static Declaration declaration(ClusterSpec spec) {
        return Declaration.of(spec.config(), spec.settings(), spec.files());
    }

    private ClusterSpec specBefore() {
        return spec(before, confBefore, hbaBefore);
    }

    private ClusterSpec specAfter() {
        return spec(after, confAfter, hbaAfter);
    }

    private ClusterSpec spec(StackDraft draft, String conf, String hba) {
        var problems = new Problems();
        project.base("postgresql.conf", conf).base("pg_hba.conf", hba);
        var spec = ClusterSpec.of(draft.config(), project.folder(), ProjectDraft.STACK, problems);
        problems.throwIfAny();
        return spec;
    }

    String plan() {
        var problems = new Problems();
        var plan = Plan.of(declaredBefore(), declaredAfter(), problems);
        problems.throwIfAny();
        return plan.text("changes since yesterday");
    }

    /** @param text the whole of it, behind the first line */
    void isPlanned(String summary, String text) {
        assertEquals("changes since yesterday: " + summary + "\n" + text, plan());
    }

    /** @param message the whole of what the user is told */
    void isRefused(String message) {
        assertEquals(message, assertThrows(BadInput.class, this::plan).getMessage());
    }
}
