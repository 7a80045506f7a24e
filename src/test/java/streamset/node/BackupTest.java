package streamset.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Archiving and base backups while all is well, and what is refused: a real server, the real pgBackRest, a real S3 server. */
@Tag("server")
class BackupTest {
    private static final String NOTHING_FAILED = "SELECT archived_count > 2 AND failed_count = 0 FROM pg_stat_archiver";

    @AutoClose
    private final Pods pods = Pods.of(1);

    @AutoClose
    private final Archiving archive = Archiving.of(pods);

    private final Pod primary = pods.get(0).withDataOfAPrimary().archived(10);

    @Test
    void archivesAndBacksUpByItselfAtFirstAndThenWhenAsked() {
        primary.initAndStart();
        var archiver = archive.archiver(primary);
        archive.awaitBackup(archiver, "full");
        primary.ask("CREATE TABLE plain AS SELECT 'a text that nobody may read' AS text");
        primary.ask("SELECT pg_switch_wal()");
        primary.awaitAnswer(NOTHING_FAILED, "t");

        var asked = archive.job(primary, "incremental").mustSucceed();
        assertTrue(asked.output().contains(" incremental: in "), asked::output);
        assertTrue(archive.newestBackup().endsWith("I"), archive.backups().toString());
        archive.job(primary, "full").mustSucceed();
        assertTrue(archive.newestBackup().endsWith("F"), archive.backups().toString());
        assertEquals(3, archive.backups().size());

        var sound = archive.job(primary, "verify").mustSucceed();
        assertTrue(sound.output().contains(" verify: the archive is sound, in "), sound::output);
        assertFalse(archive.store().contains("a text that nobody may read"));
        primary.awaitAnswer(
                "SELECT string_agg(task, ' ' ORDER BY task) FROM streamset.archive WHERE succeeded IS NOT NULL",
                "backup queue verify wal");
        assertEquals("0", primary.ask("SELECT count(failed) FROM streamset.archive"));
    }

    /** Large objects come in parts. */
    @Test
    void archivesAndBacksUpWhatCannotBeCompressed() {
        primary.initAndStart();
        var archiver = archive.archiver(primary);
        archive.awaitBackup(archiver, "full");
        primary.ask("CREATE TABLE random AS SELECT decode(string_agg(md5(random()::text), ''), 'hex')"
                + " FROM generate_series(1, 20) AS part, generate_series(1, 65536) GROUP BY part"); // 20 MB
        primary.ask("SELECT pg_switch_wal()");
        primary.awaitAnswer(NOTHING_FAILED, "t");
        archive.job(primary, "full").mustSucceed();
        archive.assertNoGap();
    }

    @Test
    void findsADamagedObjectAndALostSegment() {
        primary.initAndStart();
        var archiver = archive.archiver(primary);
        archive.awaitBackup(archiver, "full");
        for (int segment = 0; segment < 3; segment++) {
            primary.ask("CREATE TABLE t" + segment + " AS SELECT 1");
            primary.ask("SELECT pg_switch_wal()");
        }
        primary.awaitAnswer("SELECT archived_count > 4 FROM pg_stat_archiver", "t");
        archive.job(primary, "full").mustSucceed();

        var lost = archive.segments().get(3); // between both backups
        var object = archive.objectOf(lost);
        Machine.run("rm", object.toString());
        var gap = archive.job(primary, "verify").mustSucceed();
        var place = lost.substring(8);
        var points = archive.points(primary);
        assertEquals(2, points.size(), points.toString());
        assertTrue(
                points.get(0).endsWith("F, full)") && points.get(0).contains(" to before the gap in WAL from " + place),
                points.toString());
        assertTrue(points.get(1).contains(" to all that is archived, up to 0000000100000000"), points.toString());
        assertTrue(gap.output().contains("sound, but it has no WAL from " + place + " to " + place), gap::output);

        Machine.run(
                "cp",
                archive.objectOf(archive.segments().get(2)).toString(),
                object.toString()); // sound, but another one's
        var damaged = archive.job(primary, "verify");
        assertEquals(1, damaged.exitCode());
        assertTrue(
                damaged.output().contains(" verify: invalid checksum '15-1/0000000100000000/" + lost), damaged::output);
        assertTrue(
                damaged.output().contains("what to do: what the archiver says: kubectl logs db-0 -c archiver"),
                damaged::output);
        primary.awaitAnswer(
                "SELECT failed > succeeded AND fault LIKE 'invalid checksum%' FROM streamset.archive WHERE task = 'verify'",
                "t");
    }

    @Test
    void refusesASecretThatLacksKeys() {
        primary.initAndStart();
        archive.secret("cipher-passphrase", "");
        archive.secret("secret-access-key", "");
        var archiver = archive.archiver(primary);
        assertEquals(1, archiver.exitCode());
        assertEquals(
                List.of(
                        "the Secret of streamset:backup.secretName lacks secret-access-key cipher-passphrase",
                        "what to do: add what lacks to it, then: kubectl delete pod db-0"),
                archiver.said());
    }

    /** As a cluster that was restored from there, or that archives somewhere else now. */
    @Test
    void forgetsWhatWasKnownOfAnotherArchive() {
        primary.initAndStart();
        var first = archive.archiver(primary);
        archive.awaitBackup(first, "full");
        primary.awaitAnswer("SELECT succeeded IS NOT NULL FROM streamset.archive WHERE task = 'backup'", "t");
        primary.ask("UPDATE streamset.archive SET place = 'another', failed = now()");
        first.kill();
        archive.archiver(primary);
        primary.awaitAnswer(
                "SELECT string_agg(place, ' ') FROM streamset.archive WHERE succeeded IS NOT NULL AND task = 'backup'",
                "wal/cluster");
        assertEquals("5 0", primary.ask("SELECT count(*) || ' ' || count(failed) FROM streamset.archive"));
    }

    /** A pod whose container does not run gets no connections, so an archiver that worked once does not end for this. */
    @Test
    void waitsForTheSecretWhenItStartsAgain() {
        primary.initAndStart();
        var first = archive.archiver(primary);
        archive.awaitBackup(first, "full");
        first.kill();
        archive.secret("access-key-id", "");
        var archiver = archive.archiver(primary);
        archiver.awaitSaying("the Secret of streamset:backup.secretName lacks access-key-id");
        primary.ask("SELECT pg_switch_wal()");
        archive.secret("access-key-id", ObjectStore.KEY_ID);
        archiver.awaitSaying("the server here writes: its WAL is archived");
        archive.assertNoGap();
    }

    @Test
    void saysWhenTheKeyIsWrong() {
        primary.initAndStart();
        archive.secret("secret-access-key", "wrong");
        var archiver = archive.archiver(primary);
        Await.until("refusal", () -> archiver.output().contains("the archive cannot be used: "), archiver::output);
        assertTrue(
                archiver.output().contains("SignatureDoesNotMatch")
                        || archiver.output().contains("403"),
                archiver::output);
        archive.secret("secret-access-key", ObjectStore.SECRET_KEY);
        archive.awaitBackup(archiver, "full");
    }

    @Test
    void refusesTheArchiveOfAnotherDatabase() {
        var server = primary.initAndStart();
        archive.awaitBackup(archive.archiver(primary), "full");
        pods.latest(primary).kill();
        server.interrupt();
        Machine.run("rm", "-rf", primary.data.toString());
        primary.initAndStart();
        var archiver = archive.archiver(primary);
        Await.until("refusal", () -> archiver.output().contains("the archive cannot be used: "), archiver::output);
        assertTrue(archiver.output().contains("do not match the database"), archiver::output);
        assertEquals(1, archive.backups().size());
    }

    @Test
    void refusesARequestThatIsNone() {
        primary.initAndStart();
        var archiver = archive.archiver(primary);
        archive.awaitBackup(archiver, "full");
        for (String text : List.of("x full; rm -rf /", "$(touch /tmp/x) full", "1 delete", "", "full")) {
            Machine.write(primary.spool().resolve("request"), text + "\n");
            Await.until("taken", () -> !Machine.names(primary.spool()).contains("request"));
        }
        Await.until(
                "refusals",
                () -> archiver.said().stream()
                                .filter(line -> line.startsWith("a request is refused: "))
                                .count()
                        == 5,
                archiver::output);
        assertEquals(1, archive.backups().size());
    }
}
