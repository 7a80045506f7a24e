package streamset.features.scheduling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import streamset.config.KubernetesName;
import streamset.config.Section;
import streamset.config.StackConfig;
import streamset.features.Feature;
import streamset.features.Field;
import streamset.features.LabelSyntax;
import streamset.features.Part;
import streamset.features.Parts;
import streamset.pod.Placement;
import streamset.pod.Spread;

/** {@code streamset:scheduling} and {@code streamset:imagePullSecrets}: on which nodes pods run, and how these get the image. */
public final class Scheduling implements Feature {
    private static final String PULL_SECRETS = "imagePullSecrets";
    private static final String SOFT = "soft";
    private static final String HARD = "hard";
    private static final Set<String> SPREADS = Set.of(SOFT, HARD);

    @Override
    public Parts read(Section keys, StackConfig config) {
        var fields = keys.object("scheduling");
        var placement = new Placement(
                spread(fields.object("spread")),
                new Field(fields, "priorityClassName").value(KubernetesName::subdomain, "<priority class>"),
                LabelSyntax.labels(fields.object("nodeSelector")),
                Tolerations.read(fields.objects("tolerations")),
                AffinityReader.read(fields.object("affinity")),
                pullSecrets(keys));
        return placement.equals(Placement.DEFAULT) ? Parts.NONE : Parts.of(new Part.Nodes(placement));
    }

    private static List<Spread> spread(Section fields) {
        var spread = new ArrayList<Spread>();
        var hosts = new Field(fields, "hosts").value(Field.oneOf(SPREADS), SOFT).orElse(SOFT);
        spread.add(new Spread(Spread.HOSTS, hosts.equals(HARD)));
        new Field(fields, "zones")
                .value(Field.oneOf(SPREADS), SOFT)
                .ifPresent(zones -> spread.add(new Spread(Spread.ZONES, zones.equals(HARD))));
        return spread;
    }

    private static List<String> pullSecrets(Section keys) {
        var names = keys.list(PULL_SECRETS);
        var seen = new TreeSet<String>();
        for (int index = 0; index < names.size(); index++) {
            int place = index;
            flaw(names.get(index), seen)
                    .ifPresent(flaw -> keys.problem(
                            PULL_SECRETS, names.get(place), flaw, keys.setCommand(PULL_SECRETS, place, "<secret>")));
        }
        return names;
    }

    private static Optional<String> flaw(String name, Set<String> seen) {
        try {
            KubernetesName.subdomain(name);
            return seen.add(name) ? Optional.empty() : Optional.of("is in the list twice");
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }
}
