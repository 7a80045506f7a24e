package streamset.review;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import streamset.cluster.ClusterSpec;
import streamset.kubernetes.ClaimChecks;
import streamset.kubernetes.ExistingClaim;
import streamset.problems.BadInput;
import streamset.problems.Problems;
import streamset.units.ByteSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says which claims of a stack the cluster would refuse to change, where the rendered objects are applied without an engine.
 *
 * <p>Argument: the stack's name. Standard input: {@code kubectl get pvc,storageclass -o json}.
 */
public final class CheckClaims {
    private static final Path PROJECT = Path.of("");

    private CheckClaims() {}

    /** Exit code 0: none; 1: the problems are on standard error; 2: the call is wrong. */
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("usage: kubectl get pvc,storageclass -o json | … streamset.review.CheckClaims <stack>");
            System.exit(2);
        }
        try {
            var stack = arguments[0];
            var file = PROJECT.resolve("Pulumi." + stack + ".yaml");
            check(PROJECT, stack, file, JsonMapper.shared().readTree(System.in));
        } catch (BadInput e) {
            System.err.print(e.getMessage());
            System.exit(1);
        }
    }

    /**
     * @param found a list of claims and storage classes
     * @throws BadInput when a claim cannot become what is declared
     */
    static void check(Path project, String stack, Path stackFile, JsonNode found) {
        var problems = new Problems();
        var raw = StackFile.read(project, stackFile, problems);
        problems.throwIfAny();
        var spec = ClusterSpec.of(raw, project, stack, problems);
        ClaimChecks.run(spec, claims(found.path("items")), problems);
        problems.throwIfAny();
    }

    private static List<ExistingClaim> claims(JsonNode items) {
        var stuck = ofKind(items, "StorageClass")
                .filter(one -> !one.path("allowVolumeExpansion").asBoolean(false))
                .map(CheckClaims::name)
                .toList();
        return ofKind(items, "PersistentVolumeClaim")
                .map(one -> claim(one, stuck))
                .toList();
    }

    private static Stream<JsonNode> ofKind(JsonNode items, String kind) {
        return StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.path("kind").asString().equals(kind));
    }

    private static ExistingClaim claim(JsonNode claim, List<String> stuck) {
        var className = claim.at("/spec/storageClassName").asString("");
        return new ExistingClaim(
                name(claim),
                ByteSize.parseQuantity(
                        claim.at("/spec/resources/requests/storage").asString()),
                Optional.of(claim.at("/status/capacity/storage").asString(""))
                        .filter(size -> !size.isEmpty())
                        .map(ByteSize::parseQuantity),
                className,
                !className.isEmpty() && !stuck.contains(className));
    }

    private static String name(JsonNode object) {
        return object.at("/metadata/name").asString();
    }
}
