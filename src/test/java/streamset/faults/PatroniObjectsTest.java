package streamset.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@Tag("unit")
class PatroniObjectsTest {
    private static final String ROLE = """
            {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role",
             "metadata": {"name": "postgresql-patroni", "namespace": "db", "uid": "1", "resourceVersion": "2",
               "labels": {"a": "b"},
               "managedFields": [{"manager": "kubectl-edit", "operation": "Update"},
                                 {"manager": "pulumi-kubernetes-1", "operation": "Apply"}]},
             "rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["list"]}]}
            """;

    @Test
    void rights_are_taken_away_in_the_name_of_who_has_declared_them() {
        assertEquals("pulumi-kubernetes-1", PatroniObjects.manager(ROLE));
        assertEquals(
                "{\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"kind\":\"Role\",\"metadata\":{\"name\":\"postgresql-patroni\","
                        + "\"namespace\":\"db\",\"labels\":{\"a\":\"b\"}},\"rules\":[]}",
                PatroniObjects.wanted(ROLE, JsonMapper.shared().createArrayNode()));
        assertThrows(AssertionError.class, () -> PatroniObjects.manager("{\"metadata\": {}}"));
    }

    /** As patroni/rest.sh computes it, for the password "s3cret". */
    @Test
    void the_rest_api_is_asked_with_its_own_password() {
        assertEquals(
                "Basic c3RyZWFtc2V0OmZhZTgyMjk0N2Q1NDkzZjM0MWYzY2EzMWU2YzgyYmI4YWE3NzRjOGMzNmM4ODU4NjUwYTNjZGU1MmExMjU2ZDM=",
                PatroniRest.authorization("s3cret"));
    }
}
