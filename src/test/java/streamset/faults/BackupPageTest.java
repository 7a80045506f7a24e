package streamset.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class BackupPageTest {
    @Test
    void saysHowAllVolumesComeBack() {
        assertEquals("""
                pulumi stack select dev
                pulumi destroy
                kubectl -n there delete pvc -l app.kubernetes.io/instance=postgresql
                pulumi config set --path 'streamset:backup.path' /there/db-2
                pulumi config set --path 'streamset:restore.from.bucket' wal
                pulumi config set --path 'streamset:restore.from.endpoint' s3.here
                pulumi config set --path 'streamset:restore.from.region' us-east-1
                pulumi config set --path 'streamset:restore.from.path' /there/db
                pulumi config set --plaintext --path 'streamset:restore.from.secretName' keys
                pulumi config set --path 'streamset:restore.latest' true
                pulumi up
                """, AllVolumesEvent.commands("there", "/there/db", "wal", "s3.here", "keys"));
    }
}
