package streamset.plan.reading;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import streamset.config.Names;
import streamset.node.Labels;
import streamset.objects.KubernetesObjects;
import streamset.pod.PodClaim;
import streamset.pod.Volume;
import streamset.pod.VolumeKind;
import streamset.units.ByteSize;
import tools.jackson.databind.JsonNode;

/**
 * Reads the claims of one cluster.
 *
 * @param kinds of volumes that a pod may have
 * @param ofTheCluster whether the objects come from the cluster itself, which knows the present volumes
 */
record ClaimReader(Names names, List<VolumeKind> kinds, boolean ofTheCluster) {
    static final String KIND = "PersistentVolumeClaim";
    private static final String REQUESTED = "/spec/resources/requests/storage";
    private static final String CLASS = "/spec/storageClassName";

    List<Claim> claims(KubernetesObjects objects) {
        return objects.ofKind(KIND)
                .flatMap(object -> kinds.stream().flatMap(kind -> claim(object, kind).stream()))
                .toList();
    }

    private Optional<Claim> claim(JsonNode object, VolumeKind kind) {
        var name = KubernetesObjects.text(object, "/metadata/name").orElse("");
        var ordinal = Pattern.compile(Pattern.quote(kind.name() + "-" + names.statefulSet()) + "-(\\d{1,3})")
                .matcher(name);
        return ordinal.matches()
                ? size(object, REQUESTED)
                        .map(requested -> new Claim(
                                kind,
                                Integer.parseInt(ordinal.group(1)),
                                name,
                                requested,
                                capacity(object, requested),
                                KubernetesObjects.text(object, CLASS).orElse("")))
                : Optional.empty();
    }

    /** The engine's state is from when the claim was last created or changed; only the cluster knows its present volume. */
    private Optional<ByteSize> capacity(JsonNode object, ByteSize requested) {
        return ofTheCluster ? size(object, "/status/capacity/storage") : Optional.of(requested);
    }

    private static Optional<ByteSize> size(JsonNode object, String path) {
        try {
            return KubernetesObjects.text(object, path).map(ByteSize::parseQuantity);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The claims of each pod, taken from the first pod.
     *
     * @param wanted the stack's claims, if these are not the wanted ones themselves
     */
    List<PodClaim> volumes(List<Claim> claims, JsonNode set, List<PodClaim> wanted) {
        return kinds.stream()
                .flatMap(kind -> volume(kind, claims, set, of(kind, wanted))
                        .or(() -> of(kind, wanted).filter(same -> kind.equals(VolumeKind.DATA)))
                        .map(volume -> new PodClaim(kind, volume))
                        .stream())
                .toList();
    }

    private static Optional<Volume> of(VolumeKind kind, List<PodClaim> wanted) {
        return wanted.stream()
                .filter(claim -> claim.kind().equals(kind))
                .map(PodClaim::volume)
                .findFirst();
    }

    private static Optional<Volume> volume(
            VolumeKind kind, List<Claim> claims, JsonNode set, Optional<Volume> otherwise) {
        return claims.stream()
                .filter(claim -> claim.kind().equals(kind) && claim.ordinal() == 0)
                .findFirst()
                .map(claim -> new Volume(claim.requested(), className(set, kind.name(), otherwise)));
    }

    /** From the StatefulSet's template: in a claim without a declared class, the API server enters the default one. */
    private static Optional<String> className(JsonNode set, String volume, Optional<Volume> otherwise) {
        if (set.isMissingNode()) {
            return otherwise.flatMap(Volume::className);
        }
        return set.at("/spec/volumeClaimTemplates")
                .valueStream()
                .filter(template ->
                        KubernetesObjects.text(template, "/metadata/name").equals(Optional.of(volume)))
                .flatMap(template -> KubernetesObjects.text(template, CLASS).stream())
                .findFirst();
    }

    /** Whether all are kept when they are no longer declared; empty if any of them does not show it. */
    static Optional<Boolean> kept(Stream<JsonNode> objects) {
        var words = objects.map(object ->
                        KubernetesObjects.texts(object, "/metadata/annotations").getOrDefault(Labels.KEEP, ""))
                .distinct()
                .toList();
        if (words.contains("false")) {
            return Optional.of(false);
        }
        return words.equals(List.of("true")) ? Optional.of(true) : Optional.empty();
    }
}
