package streamset.plan.steps;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import streamset.config.StackConfig;
import streamset.node.Labels;
import streamset.plan.differences.Update;
import streamset.plan.reading.Declaration;
import streamset.pod.PodClaim;

/** What cannot be undone, what makes data less safe, what locks clients out, and what lets others in. */
public final class Dangers {
    private final Update update;
    private final Declaration before;
    private final Declaration after;
    private final TopologySteps topology;

    private Dangers(Update update) {
        this.update = update;
        this.before = update.before();
        this.after = update.after();
        this.topology = new TopologySteps(before, after);
    }

    /** The worst first. */
    public static List<Danger> of(Update update) {
        var dangers = new Dangers(update);
        return Stream.of(
                        dangers.irreversible().map(Danger::irreversible),
                        dangers.data().map(Danger::ofData),
                        Stream.of(
                                        LockedOut.of(update),
                                        new CertificateSteps(update).otherRoot().stream(),
                                        new Reach(update).narrowed(),
                                        dangers.podSecurity().stream())
                                .flatMap(texts -> texts)
                                .map(Danger::ofClients),
                        dangers.security().map(Danger::ofSecurity))
                .flatMap(all -> all)
                .toList();
    }

    private Stream<String> irreversible() {
        return Stream.of(deletedVolumes().stream(), topology.losses(), grownVolumes(), newVolumes())
                .flatMap(texts -> texts);
    }

    private Stream<String> data() {
        var optional = Stream.of(kept(), archive(), namespace(), context(), fewerStandbys())
                .flatMap(Optional::stream);
        return Stream.concat(optional, WeakerSettings.forData(before, after));
    }

    private Stream<String> security() {
        var optional = Stream.of(secret(), certificate(), clientCertificate(), passwords())
                .flatMap(Optional::stream);
        return Stream.of(
                        optional,
                        WeakerSettings.forSecurity(before, after),
                        WiderAccess.of(update.hba()),
                        new Reach(update).widened())
                .flatMap(texts -> texts);
    }

    private Optional<String> deletedVolumes() {
        return topology.deletesVolumes()
                ? Optional.of(
                        "the volumes of " + String.join(", ", topology.removedPods()) + " are deleted with their data")
                : Optional.empty();
    }

    private Stream<String> grownVolumes() {
        return after.volumes().stream()
                .filter(claim -> before.volume(claim.kind())
                        .filter(old -> claim.volume().size().compareTo(old.size()) > 0)
                        .isPresent())
                .map(claim -> "volumes for " + claim.kind().content() + " grow to "
                        + claim.volume().size().quantity() + ", and no volume shrinks");
    }

    private Stream<String> newVolumes() {
        return after.volumes().stream()
                .map(PodClaim::kind)
                .filter(kind -> before.volume(kind).isEmpty())
                .map(kind -> kind.content() + " moves to a volume of its own, and does not move back");
    }

    private Optional<String> kept() {
        boolean wereKept = before.keeping().volumes().orElse(true);
        return wereKept && after.keeping().volumes().equals(Optional.of(false))
                ? Optional.of("volumes are deleted when their pods, or the stack, are no longer declared"
                        + (after.archive().isEmpty() ? ", and there is no backup" : ""))
                : Optional.empty();
    }

    private Optional<String> archive() {
        return before.archive().isPresent() && after.archive().isEmpty()
                ? Optional.of("nothing is archived any more: no point in time after this update can be restored")
                : Optional.empty();
    }

    private Optional<String> namespace() {
        return !before.keeping().declaresNamespace()
                        && after.keeping().declaresNamespace()
                        && after.keeping().namespace().equals(Optional.of(false))
                ? Optional.of("the namespace " + after.names().namespace()
                        + " belongs to the stack: pulumi destroy deletes it with all that is in it")
                : Optional.empty();
    }

    /** Pods of others in the same namespace go on, until they are created anew. */
    private Optional<String> podSecurity() {
        boolean isNew = before.hasPods()
                && !before.keeping().declaresNamespace()
                && after.keeping().declaresNamespace();
        boolean isChanged = update.comparison()
                .changedBesidePods()
                .anyMatch(change -> change.object().kind().equals("Namespace")
                        && change.difference().isIn("metadata", "labels", Labels.POD_SECURITY));
        return isNew || isChanged
                ? Optional.of(
                        "the namespace " + after.names().namespace() + " takes only pods that follow the Pod Security"
                                + " Standard " + Labels.RESTRICTED
                                + ": other pods in it that do not are refused when they are next"
                                + " created")
                : Optional.empty();
    }

    private Optional<String> context() {
        var old = before.place().context();
        var now = after.place().context();
        return old.isPresent() && now.isPresent() && !old.equals(now)
                ? Optional.of("the context is " + now.get() + " instead of " + old.get()
                        + ": both must lead to the same Kubernetes cluster")
                : Optional.empty();
    }

    private Optional<String> fewerStandbys() {
        int old = Synchronous.of(before).map(Synchronous::required).orElse(0);
        int now = Synchronous.of(after).map(Synchronous::required).orElse(old);
        return now < old
                ? Optional.of("commits wait for " + now + " instead of " + old + (old == 1 ? " standby" : " standbys"))
                : Optional.empty();
    }

    private Optional<String> secret() {
        var old = before.pods().get(Declaration.SECRET);
        var now = after.pods().get(Declaration.SECRET);
        return old != null
                        && now != null
                        && !old.equals(now)
                        && !now.equals(after.names().logins())
                ? Optional.of("the Secret " + now + " must exist in the namespace "
                        + after.names().namespace() + " before the update: no pod starts without it ("
                        + StackConfig.NAMESPACE + ":" + Declaration.SECRET + ")")
                : Optional.empty();
    }

    private Optional<String> certificate() {
        var old = before.pods().getOrDefault(Declaration.TLS, "");
        var now = after.pods().getOrDefault(Declaration.TLS, "");
        if (now.isEmpty()) {
            return old.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            "connections are not encrypted any more: clients that verify a certificate cannot connect");
        }
        return mustExist(old, now, "tls.crt, tls.key and ca.crt", "tls");
    }

    private Optional<String> clientCertificate() {
        var old = before.pods().getOrDefault(Declaration.TLS_CLIENT, "");
        var now = after.pods().getOrDefault(Declaration.TLS_CLIENT, "");
        return now.isEmpty()
                ? Optional.empty()
                : mustExist(old, now, "tls.crt and tls.key of replicator", Declaration.TLS_CLIENT);
    }

    private Optional<String> mustExist(String old, String now, String files, String key) {
        return old.equals(now) || now.equals(after.names().certificate())
                ? Optional.empty()
                : Optional.of("the Secret " + now + " must exist in the namespace "
                        + after.names().namespace() + " before the update, with " + files + ": without it"
                        + " the update ends before it changes anything (" + StackConfig.NAMESPACE + ":" + key + ")");
    }

    private Optional<String> passwords() {
        return new ObjectSteps(update, topology).changesPasswords()
                ? Optional.of("the passwords of the roles change: clients need the new ones")
                : Optional.empty();
    }
}
