package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import streamset.config.Names;

@Tag("unit")
class NamespaceOwnerTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                                                                        | NOBODY
            {"metadata":{"name":"shop"}}                                                              | SOMEBODY_ELSE
            {"metadata":{"labels":{"app.kubernetes.io/part-of":"streamset"}}}                         | SOMEBODY_ELSE
            {"metadata":{"labels":{"app.kubernetes.io/part-of":"streamset","app.kubernetes.io/instance":"other"}}} | SOMEBODY_ELSE
            {"metadata":{"labels":{"app.kubernetes.io/part-of":"shop","app.kubernetes.io/instance":"db"}}} | SOMEBODY_ELSE
            {"metadata":{"labels":{"app.kubernetes.io/part-of":"streamset","app.kubernetes.io/instance":"db"}}} | THIS_CLUSTER
            Unable to connect to the server                                                           | UNKNOWN
            """)
    void isReadFromTheLabels(String json, NamespaceOwner owner) {
        assertEquals(owner, NamespaceOwner.of(json, new Names("db", "shop", "cluster.local")));
    }
}
