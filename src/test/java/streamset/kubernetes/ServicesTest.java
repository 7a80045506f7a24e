package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import streamset.config.StackDraft;

class ServicesTest {
    private final DeclaredStack stack = DeclaredStack.of(StackDraft.minimal());

    @Test
    void headlessOneNamesEveryPodEvenBeforeItIsReady() {
        assertEquals("""
                clusterIP: None
                ports:
                - name: postgresql
                  port: 5432
                  targetPort: postgresql
                publishNotReadyAddresses: true
                selector:
                  app.kubernetes.io/component: server
                  app.kubernetes.io/instance: postgresql
                  app.kubernetes.io/name: postgresql
                """, spec("postgresql-svc"));
    }

    @Test
    void primaryOneLeadsToTheFirstPodAlone() {
        assertEquals("""
                ports:
                - name: postgresql
                  port: 5432
                  targetPort: postgresql
                selector:
                  app.kubernetes.io/component: server
                  app.kubernetes.io/instance: postgresql
                  app.kubernetes.io/name: postgresql
                  statefulset.kubernetes.io/pod-name: postgresql-sfs-0
                """, spec("postgresql-primary"));
    }

    @Test
    void readOneLeadsToEveryReadyPod() {
        assertEquals("""
                ports:
                - name: postgresql
                  port: 5432
                  targetPort: postgresql
                selector:
                  app.kubernetes.io/component: server
                  app.kubernetes.io/instance: postgresql
                  app.kubernetes.io/name: postgresql
                """, spec("postgresql-read"));
    }

    private String spec(String service) {
        return DeclaredStack.yaml(stack.object("Service", service).get("spec"));
    }
}
