package streamset.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What kubectl says of the kinds of the Prometheus operator. */
@Tag("unit")
class PrometheusOperatorTest {
    private static final String RULES = "{\"metadata\":{\"name\":\"prometheusrules.monitoring.coreos.com\"}}";
    private static final String MONITORS = "{\"metadata\":{\"name\":\"podmonitors.monitoring.coreos.com\"}}";

    @Test
    void areLackingUnlessTheyAreInTheAnswer() {
        assertEquals(PrometheusOperator.DEFINITIONS, PrometheusOperator.lacking(""));
        assertEquals(List.of("podmonitors.monitoring.coreos.com"), PrometheusOperator.lacking(RULES));
        assertEquals(List.of(), PrometheusOperator.lacking("{\"items\":[" + RULES + "," + MONITORS + "]}"));
    }

    @Test
    void areNotSaidToLackWhereNobodyCanTell() {
        assertEquals(List.of(), PrometheusOperator.lacking("an error"));
    }
}
