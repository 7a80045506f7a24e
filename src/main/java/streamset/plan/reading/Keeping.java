package streamset.plan.reading;

import java.util.Optional;

/**
 * What is kept when it is no longer declared.
 *
 * @param volumes whether the claims are; empty when the objects do not show it
 * @param declaresNamespace whether the namespace is declared at all
 * @param namespace whether the namespace is; empty when the object does not show it
 */
public record Keeping(Optional<Boolean> volumes, boolean declaresNamespace, Optional<Boolean> namespace) {}
