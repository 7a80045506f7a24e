package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import streamset.config.StackDraft;

@Tag("unit")
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
                publishNotReadyAddresses: true
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

    @Test
    void primaryOneFollowsOnlyWhenTheOldPrimaryIsReadyOrTheDeclaredOneWrites() {
        var handedOver = DeclaredStack.of(StackDraft.minimal().with("primary", "2"));
        assertEquals(
                "postgresql-sfs-2",
                handedOver
                        .object("Service", "postgresql-primary")
                        .at("/spec/selector/statefulset.kubernetes.io~1pod-name")
                        .asString());
        var needs = handedOver.request("Service", "postgresql-primary").getDependenciesList();
        assertTrue(needs.stream().anyMatch(urn -> urn.endsWith("::postgresql-handover")), needs::toString);
    }

    @Test
    void forClientsCanBeBehindALoadBalancer() {
        var exposed = DeclaredStack.of(StackDraft.minimal()
                .with(
                        "services",
                        "{\"type\":\"LoadBalancer\",\"annotations\":{\"networking.gke.io/load-balancer-type\":\"Internal\"},"
                                + "\"loadBalancerSourceRanges\":[\"10.0.0.0/8\"]}"));
        for (var name : new String[] {"postgresql-primary", "postgresql-read"}) {
            var service = exposed.object("Service", name);
            assertEquals("LoadBalancer", service.at("/spec/type").asString());
            assertEquals(
                    "[\"10.0.0.0/8\"]",
                    service.at("/spec/loadBalancerSourceRanges").toString());
            assertEquals(
                    "Internal",
                    service.at("/metadata/annotations/networking.gke.io~1load-balancer-type")
                            .asString());
        }
        assertEquals(
                stack.object("Service", "postgresql-svc"),
                exposed.object("Service", "postgresql-svc"),
                "the one that names pods");
    }

    /** The DNS has a name of a pod's address for each of them, and a server that is told one without a line refuses the standby. */
    @Test
    void allHaveALineInPgHbaConf() {
        var domains = stack.objects()
                .filter(object -> object.at("/kind").asString().equals("Service"))
                .map(object -> "." + object.at("/metadata/name").asString() + ".postgresql.svc.cluster.local")
                .toList();
        var file = stack.object("ConfigMap", "postgresql-configs").at("/data/pg_hba.conf");
        assertEquals(3, domains.size());
        for (var domain : domains) {
            var line = "\nhost replication replicator " + domain + " scram-sha-256\n";
            assertTrue(file.asString().contains(line), line);
        }
    }

    private String spec(String service) {
        return DeclaredStack.yaml(stack.object("Service", service).get("spec"));
    }
}
