package streamset.plan.reading;

import java.util.Optional;

/**
 * What stays when it is no longer declared.
 *
 * @param volumes whether the claims do; empty when the objects do not tell
 * @param declaresNamespace whether the namespace is declared at all
 * @param namespace whether the namespace does; empty when it does not tell
 */
public record Keeping(Optional<Boolean> volumes, boolean declaresNamespace, Optional<Boolean> namespace) {}
