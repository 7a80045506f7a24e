package streamset.plan.refusals;

import java.util.Optional;
import java.util.Set;
import streamset.config.Keys;
import streamset.config.Section;
import streamset.features.Features;
import streamset.plan.reading.Declaration;
import streamset.pod.PodClaim;
import streamset.pod.Volume;
import streamset.problems.Problems;

/** What no update does, because it could lose data or would stop halfway. */
public record Refusals(Declaration before, Declaration after, Features features, Problems problems) {
    private static final String UP = ", then: pulumi up";

    /** Adds a problem for each refusal that follows from the objects. */
    public void check() {
        new ClusterRefusal(before.place(), after.place(), problems).checkBeforeTheUidIsRead();
        sameCluster();
        sameData();
        ClaimRefusals.check(before, after, problems);
        after.volumes().forEach(this::sameClass);
        features.refuse(before.state(), after.state(), keys());
        namespaceStays();
        existingPrimary();
        primaryStays();
        new SynchronousRefusal(before, after, keys()).check();
    }

    /** Adds the refusals that follow from the StorageClasses. */
    public void checkGrowth(Set<String> fixedClasses) {
        ClaimRefusals.checkGrowth(before, after, fixedClasses, problems);
    }

    /** The StorageClasses that must let volumes grow. */
    public Set<String> growingClasses() {
        return ClaimRefusals.growingClasses(before, after);
    }

    private void sameCluster() {
        var old = before.names();
        same("namespace", old.namespace(), after.names().namespace());
        same("name", old.prefix(), after.names().prefix());
    }

    private void same(String key, String old, String now) {
        if (!old.equals(now)) {
            refuse(
                    key,
                    now,
                    "the deployed cluster has the " + key + " " + old
                            + ": under another one a new, empty cluster would take its place, and the data would stay behind",
                    set(key, old) + "; for another cluster: pulumi stack init <name>");
        }
    }

    private void sameData() {
        sameUser();
        if (before.version() != after.version()) {
            refuse(
                    "version",
                    Integer.toString(after.version()),
                    "the data are of PostgreSQL " + before.version() + ", and " + after.version() + " cannot read them",
                    set("version", Integer.toString(before.version())) + "; to go to " + after.version()
                            + ": pulumi stack init <name>, and pg_dumpall from this cluster into that one");
        }
        if (!before.segmentSize().equals(after.segmentSize())) {
            refuse(
                    "wal.segmentSize",
                    after.segmentSize().postgres(),
                    "the data were created with WAL segments of "
                            + before.segmentSize().postgres() + ", and that cannot change",
                    set("wal.segmentSize", before.segmentSize().postgres()));
        }
    }

    private void sameUser() {
        var old = before.pods().get(Declaration.USER);
        var now = after.pods().get(Declaration.USER);
        if (before.hasPods() && !old.equals(now)) {
            refuse(
                    Declaration.USER,
                    now,
                    "the data belong to the user " + old
                            + ", and no server starts on them as another user; on another Linux (Debian, Alpine),"
                            + " texts are sorted differently and indexes would be broken",
                    set(Declaration.USER, old) + " and an image of the same kind; or pulumi stack init <name>, and"
                            + " pg_dumpall from this cluster into that one");
        }
    }

    private void sameClass(PodClaim claim) {
        var key = claim.kind().classKey();
        var now = claim.volume().className();
        before.volume(claim.kind())
                .map(Volume::className)
                .filter(old -> !old.equals(now))
                .ifPresent(old -> refuse(
                        key,
                        now.orElse(Section.NOT_SET),
                        "the volumes have " + className(old) + ", and the class of a volume cannot change",
                        old.map(name -> set(key, name)).orElseGet(() -> keys().remove(key))
                                + "\nor move the pods one by one: docs/operations.md, To another StorageClass"));
    }

    private static String className(Optional<String> name) {
        return name.map(declared -> "the StorageClass " + declared).orElse("the cluster's default StorageClass");
    }

    private void existingPrimary() {
        if (after.primary() >= before.replicas()) {
            refuse(
                    "primary",
                    Integer.toString(after.primary()),
                    after.pod(after.primary()) + " does not exist yet, so it has no data to go on with",
                    set("primary", Integer.toString(before.primary())) + UP + "; then: "
                            + set("primary", Integer.toString(after.primary())));
        }
    }

    /** The target of an interrupted handover stays too. */
    private void primaryStays() {
        int highest = Math.max(before.primary(), before.declaredPrimary());
        if (!after.automatic() && highest >= after.replicas()) {
            refuse(
                    "replicas",
                    Integer.toString(after.replicas()),
                    before.pod(highest) + " is primary now, and with " + after.replicas()
                            + (after.replicas() == 1 ? " pod" : " pods")
                            + " it would be removed before it has handed over",
                    set("replicas", Integer.toString(before.replicas())) + UP + " (it hands over); then: "
                            + set("replicas", Integer.toString(after.replicas())));
        }
    }

    /** Deleting a namespace deletes every claim in it. */
    private void namespaceStays() {
        if (before.keeping().declaresNamespace()
                && !after.keeping().declaresNamespace()
                && !before.keeping().namespace().orElse(false)) {
            refuse(
                    "createNamespace",
                    "false",
                    "the namespace " + before.names().namespace()
                            + (before.keeping().namespace().isPresent()
                                    ? " was declared with streamset:keepVolumes false"
                                    : " does not show whether it was declared with streamset:keepVolumes true")
                            + ": if it left the stack, it would be deleted, with all data in it",
                    set("createNamespace", "true") + ", " + set("keepVolumes", "true") + UP + "; then: "
                            + set("createNamespace", "false"));
        }
    }

    private void refuse(String key, String value, String reason, String fix) {
        keys().refuse(key, value, reason, fix);
    }

    private String set(String key, String value) {
        return keys().set(key, value);
    }

    private Keys keys() {
        return new Keys(problems);
    }
}
