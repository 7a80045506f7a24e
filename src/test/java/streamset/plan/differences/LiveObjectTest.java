package streamset.plan.differences;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Which fields of an object in the cluster count although the program does not declare them. */
@Tag("unit")
class LiveObjectTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            StatefulSet | labels      | streamset/pod                        | "x"                | true
            StatefulSet | annotations | app.kubernetes.io/name               | "x"                | true
            StatefulSet | labels      | mesh.example.org/injected            | "x"                | false
            Service     | annotations | networking.gke.io/load-balancer-type | "Internal"         | true
            StatefulSet | annotations | networking.gke.io/load-balancer-type | "Internal"         | false
            Service     | annotations | example.org/owner                    | "x"                | false
            Job         | spec        | selector                             | {"matchLabels":{}} | false
            Job         | template    | selector                             | {"matchLabels":{}} | true
            StatefulSet | spec        | selector                             | {"matchLabels":{}} | true
            Service     | metadata    | uid                                  | "x"                | false
            Service     | spec        | clusterIP                            | "10.0.0.1"         | false
            Service     | spec        | type                                 | "ClusterIP"        | false
            Service     | spec        | type                                 | "LoadBalancer"     | true
            Pod         | container   | timeoutSeconds                       | 1                  | false
            Pod         | container   | timeoutSeconds                       | 2                  | true
            Pod         | spec        | securityContext                      | {}                 | false
            Pod         | spec        | securityContext                      | {"runAsUser":0}    | true
            StatefulSet | spec        | updateStrategy | {"type":"RollingUpdate","rollingUpdate":{"partition":0}} | false
            StatefulSet | spec        | updateStrategy | {"type":"RollingUpdate","rollingUpdate":{"partition":1}} | true
            """)
    void countsWhereSomebodyHasSetIt(String kind, String parent, String field, String value, boolean counts) {
        assertEquals(
                counts,
                LiveObject.isDeclared(kind, parent, field, JsonMapper.shared().readTree(value)));
    }
}
