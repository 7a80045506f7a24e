package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.config.StackDraft;

@Tag("unit")
class DisruptionBudgetTest {
    @Test
    void letsOneServerPodGoAtATime() {
        var budget = DeclaredStack.of(StackDraft.minimal()).object("PodDisruptionBudget", "postgresql-pdb");
        assertEquals("""
                maxUnavailable: 1
                selector:
                  matchLabels:
                    app.kubernetes.io/component: server
                    app.kubernetes.io/instance: postgresql
                    app.kubernetes.io/name: postgresql
                """, DeclaredStack.yaml(budget.get("spec")));
    }

    @Test
    void isTheSameWhereTheFailoverIsAutomatic() {
        var automatic = StackDraft.minimal().with("failover", "automatic").with("image", "example.org/patroni:18");
        assertEquals(
                DeclaredStack.of(StackDraft.minimal())
                        .object("PodDisruptionBudget", "postgresql-pdb")
                        .get("spec"),
                DeclaredStack.of(automatic)
                        .object("PodDisruptionBudget", "postgresql-pdb")
                        .get("spec"));
    }
}
