package streamset.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class PodFirewallTest {
    private static final String OUTPUT =
            "add chain inet streamset_faults output { type filter hook output priority 0; policy accept; }; ";
    private static final String INPUT =
            "add chain inet streamset_faults input { type filter hook input priority 0; policy accept; }; ";

    @Test
    void peers_are_all_other_pods_and_not_the_machine() {
        assertEquals(
                "add table inet streamset_faults; " + OUTPUT
                        + "add rule inet streamset_faults output oifname != \"lo\" ip daddr 10.244.0.0/24"
                        + " ip daddr != 10.244.0.1 drop; "
                        + INPUT
                        + "add rule inet streamset_faults input iifname != \"lo\" ip saddr 10.244.0.0/24"
                        + " ip saddr != 10.244.0.1 drop; ",
                PodFirewall.Cut.PEERS.rules());
    }

    @Test
    void an_api_server_that_refuses_answers_at_once() {
        assertEquals(
                "add table inet streamset_faults; " + OUTPUT
                        + "add rule inet streamset_faults output oifname != \"lo\" ip daddr { 10.96.0.1, 10.250.0.1 }"
                        + " tcp dport { 443, 6443 } reject with tcp reset; "
                        + INPUT,
                PodFirewall.Cut.API_REFUSES.rules());
    }

    @Test
    void one_way_lets_out_what_it_does_not_let_in() {
        var rules = PodFirewall.Cut.ONE_WAY.rules();
        assertTrue(rules.contains("ip saddr") && !rules.contains("ip daddr"), rules);
    }

    @Test
    void the_addresses_are_those_of_the_testbed() throws IOException {
        var settings = Files.readString(Path.of("testbed/env.sh"));
        for (var setting : List.of(
                "POD_CIDR=" + PodFirewall.PODS,
                "API_SERVICE_IP=" + PodFirewall.API_SERVICE,
                "NODE_IP=" + PodFirewall.API_SERVER)) {
            assertTrue(settings.contains(setting), setting);
        }
        assertTrue(PodFirewall.PODS.startsWith(PodFirewall.MACHINE.replaceAll("1$", "")), PodFirewall.MACHINE);
    }
}
