package streamset.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import streamset.cluster.ClusterSpec;
import streamset.cluster.Place;
import streamset.conf.ProjectDraft;
import streamset.config.StackDraft;
import streamset.config.Target;
import streamset.kubernetes.ClusterObjects;
import streamset.node.DeployedNodes;
import streamset.plan.reading.Declaration;
import streamset.plan.reading.DeployedObjects;
import streamset.plan.reading.WantedObjects;
import streamset.problems.BadInput;
import streamset.problems.Problems;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A stack as it was and as it is to be, as a test writes it: three pods that say nothing particular, and what differs. */
public final class Change {
    private static final String CONF = "wal_level = replica\n";

    private final ProjectDraft project;
    private final StackDraft before = StackDraft.minimal();
    private final StackDraft after = StackDraft.minimal();
    private UnaryOperator<Found> found = before -> before;
    private Optional<String> clusterBefore = Optional.empty();
    private Optional<String> clusterAfter = Optional.empty();
    private String confBefore = CONF;
    private String confAfter = CONF;
    private String hbaBefore = ProjectDraft.PG_HBA_CONF;
    private String hbaAfter = ProjectDraft.PG_HBA_CONF;

    public Change(Path folder) {
        this.project = ProjectDraft.in(folder);
        always("resources", "{\"cpu\":\"1\",\"memory\":\"16Gi\"}"); // so much that no value is computed around another
    }

    public Change always(String key, String value) {
        return before(key, value).after(key, value);
    }

    public Change before(String key, String value) {
        before.with(key, value);
        return this;
    }

    public Change after(String key, String value) {
        after.with(key, value);
        return this;
    }

    /** The passwords that the stack itself has. */
    public Change secrets(String old, String now) {
        before.withSecret("passwords", old);
        after.withSecret("passwords", now);
        return this;
    }

    /** What generated certificates are made from. */
    public Change seeds(String old, String now) {
        before.withSecret("certificateSeed", old);
        after.withSecret("certificateSeed", now);
        return this;
    }

    public Change key(String key, String old, String now) {
        return before(key, old).after(key, now);
    }

    /** postgresql.conf, behind its first line. */
    public Change conf(String old, String now) {
        confBefore = CONF + old;
        confAfter = CONF + now;
        return this;
    }

    /** pg_hba.conf, before the lines that let in everybody who must get in. */
    public Change hba(String old, String now) {
        hbaBefore = old + ProjectDraft.PG_HBA_CONF;
        hbaAfter = now + ProjectDraft.PG_HBA_CONF;
        return this;
    }

    /** pg_hba.conf. */
    public Change hbaAsAWhole(String old, String now) {
        hbaBefore = old;
        hbaAfter = now;
        return this;
    }

    /** How what is found differs from what was declared. */
    public Change found(UnaryOperator<Found> difference) {
        found = difference;
        return this;
    }

    /** Which pod leads, where the pods decide that by themselves. */
    public Change leader(int ordinal) {
        return found(there -> there.with(
                "ConfigMap postgresql-leader",
                map -> ((ObjectNode) map.at("/metadata/annotations")).put("leader", "postgresql-sfs-" + ordinal)));
    }

    /** The Kubernetes cluster that an earlier update has recorded. */
    public Change recorded(String uid) {
        clusterBefore = Optional.of(uid);
        return this;
    }

    /** The Kubernetes cluster that this update records. */
    public Change records(String uid) {
        clusterAfter = Optional.of(uid);
        return this;
    }

    /** Passwords of the stack's own, the same for both roles, instead of a Secret that somebody else makes. */
    public Change passwords(String old, String now) {
        before.without("secretName").withSecret("passwords", ofBothRoles(old));
        after.without("secretName").withSecret("passwords", ofBothRoles(now));
        return this;
    }

    private static String ofBothRoles(String password) {
        return "{\"postgres\":\"" + password + "\",\"replicator\":\"" + password + "\"}";
    }

    public List<JsonNode> objectsBefore() {
        var place = place(before).withUid(clusterBefore);
        var declared = ClusterObjects.of(spec(before, confBefore, hbaBefore), place, DeployedNodes.NONE);
        return found.apply(new Found(declared.json())).objects();
    }

    public DeployedObjects deployed() {
        return DeployedObjects.of(objectsBefore());
    }

    public WantedObjects wanted() {
        var spec = spec(after, confAfter, hbaAfter);
        var there = objectsBefore();
        var place = place(after)
                .withUid(clusterAfter)
                .remembering(DeployedObjects.of(there).place());
        return WantedObjects.of(
                ClusterObjects.of(spec, place, DeployedNodes.of(there)).json(), spec);
    }

    public Declaration declaredBefore() {
        return deployed().declaration(wanted()).orElseThrow();
    }

    public Declaration declaredAfter() {
        return wanted().declaration();
    }

    private static Place place(StackDraft draft) {
        return Place.of(Target.from(draft.raw(), new Problems()));
    }

    private ClusterSpec spec(StackDraft draft, String conf, String hba) {
        var problems = new Problems();
        project.base("postgresql.conf", conf).base("pg_hba.conf", hba);
        var spec = ClusterSpec.of(draft.raw(), project.folder(), ProjectDraft.STACK, problems);
        problems.throwIfAny();
        return spec;
    }

    public String plan() {
        var problems = new Problems();
        var plan = Plan.of(deployed(), wanted(), problems);
        problems.throwIfAny();
        return plan.orElseThrow().text("changes since yesterday");
    }

    /** @param text the whole of it, behind the first line */
    public void isPlanned(String summary, String text) {
        assertEquals("changes since yesterday: " + summary + "\n" + text, plan());
    }

    /** @param message the whole message for the user */
    public void isRefused(String message) {
        assertEquals(message, assertThrows(BadInput.class, this::plan).getMessage());
    }
}
