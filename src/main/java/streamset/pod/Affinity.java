package streamset.pod;

import java.util.List;

/** Which nodes and which pods a pod wants to be near to, or away from: {@code affinity} of Kubernetes. */
public record Affinity(Wish<List<LabelRule>> nodes, Wish<PodTerm> nearPods, Wish<PodTerm> awayFromPods) {
    /** None. */
    public static final Affinity NONE = new Affinity(Wish.none(), Wish.none(), Wish.none());

    /**
     * What is wished of one kind.
     *
     * @param required of these, a node must fulfil one, and pods all
     * @param preferred counts, if there is a choice
     */
    public record Wish<T>(List<T> required, List<Weighted<T>> preferred) {
        public Wish {
            required = List.copyOf(required);
            preferred = List.copyOf(preferred);
        }

        private static <T> Wish<T> none() {
            return new Wish<>(List.of(), List.of());
        }

        /** Whether nothing is wished. */
        public boolean isNone() {
            return required.isEmpty() && preferred.isEmpty();
        }
    }

    /** @param weight 1 … 100 */
    public record Weighted<T>(int weight, T term) {}

    /** The part for pods that run beside the servers. */
    Affinity ofNodes() {
        return new Affinity(nodes, NONE.nearPods, NONE.awayFromPods);
    }

    /** Whether nothing is wished. */
    public boolean isNone() {
        return nodes.isNone() && nearPods.isNone() && awayFromPods.isNone();
    }
}
