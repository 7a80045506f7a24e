package streamset.conf.hba;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import streamset.conf.SourceFile;
import streamset.problems.Problems;

/** The author's lines for replicator, where it needs a certificate. */
@Tag("unit")
class ReplicatorLinesTest {
    private static final String OWN = "hostssl replication replicator .pods scram-sha-256 clientcert=verify-full\n";
    private static final String REJECTION =
            "host all,replication replicator all reject  # streamset:tls.clientCertificates\n";

    private static String ownLines(String text) {
        var problems = new Problems();
        var file = HbaFile.parse(new SourceFile("pg_hba.conf", text), 15, problems);
        problems.throwIfAny();
        var rendered = file.requiringClientCertificates().render(List.of(".pods"));
        assertEquals("\n" + text, rendered.substring(rendered.length() - text.length() - 1)); // byte for byte
        return rendered.substring(rendered.indexOf("hostssl "), rendered.length() - text.length());
    }

    @Test
    void applyWithTheCertificateAndInTheirOrder() {
        assertEquals(OWN + """
                host replication replicator 10.0.0.0/8 reject
                hostssl replication replicator .my-service.shop.svc.cluster.local scram-sha-256 clientcert=verify-full
                hostssl replication replicator 10.1.0.0 255.255.0.0 scram-sha-256 clientcert=verify-full
                hostssl replication replicator "samenet" scram-sha-256 clientcert=verify-full
                """ + REJECTION + "\n", ownLines("""
                host replication replicator 10.0.0.0/8 reject
                host replication replicator .my-service.shop.svc.cluster.local scram-sha-256
                hostssl all,replication alice,"replicator" 10.1.0.0 255.255.0.0 md5  # and others
                hostssl replication replicator "samenet" cert clientname=CN
                """));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "host replication all all scram-sha-256\n",
                "host all replicator all scram-sha-256\n",
                "host \"replication\" replicator all scram-sha-256\n",
                "hostnossl replication replicator all scram-sha-256\n",
                "local replication replicator scram-sha-256\n",
                "host replication replicator ${pods} scram-sha-256\n"
            })
    void areNotRepeatedWhereTheyDoNotNameItForReplicationWithTls(String text) {
        var shown = text.replace("${pods}", ".pods");
        var problems = new Problems();
        var rendered = HbaFile.parse(new SourceFile("pg_hba.conf", text), 15, problems)
                .requiringClientCertificates()
                .render(List.of(".pods"));
        problems.throwIfAny();
        assertEquals(OWN + REJECTION + "\n" + shown, rendered.substring(rendered.indexOf("hostssl ")));
    }
}
