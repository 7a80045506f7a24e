package streamset;

import com.pulumi.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import streamset.config.Names;
import streamset.config.Target;
import streamset.kubernetes.NamespaceOwner;
import streamset.kubernetes.PatroniAnnotations;
import streamset.kubernetes.PrometheusOperator;

/**
 * What a program finds before it declares anything.
 *
 * @param deployed returns the state of the stack; empty when nobody knows it
 * @param owner returns the owner of a namespace
 * @param patroni returns what the pods of a cluster keep now; empty when it cannot be read
 * @param operator returns what the Kubernetes cluster lacks for objects of the Prometheus operator, as far as it is known
 */
record Surroundings(
        Function<Context, Optional<StackState>> deployed,
        BiFunction<Target, Names, NamespaceOwner> owner,
        BiFunction<Target, Names, Optional<PatroniAnnotations>> patroni,
        Function<Target, List<String>> operator) {
    /** As the engine and kubectl tell them. */
    static final Surroundings REAL = new Surroundings(
            self -> Optional.of(StackState.of(self)),
            NamespaceOwner::of,
            PatroniAnnotations::now,
            PrometheusOperator::lacking);

    /** For a run without an engine, and so without a change plan. */
    static final Surroundings UNKNOWN = new Surroundings(
            self -> Optional.empty(),
            (target, names) -> NamespaceOwner.UNKNOWN,
            (target, names) -> Optional.empty(),
            target -> List.of());
}
