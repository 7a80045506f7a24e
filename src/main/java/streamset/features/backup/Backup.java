package streamset.features.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import streamset.catalog.ParameterName;
import streamset.config.Image;
import streamset.config.Outage;
import streamset.config.Resources;
import streamset.config.Section;
import streamset.config.StackConfig;
import streamset.features.Archive;
import streamset.features.ComputedSetting;
import streamset.features.Feature;
import streamset.features.FixedSetting;
import streamset.features.Part;
import streamset.features.Parts;
import streamset.features.PodAddition;
import streamset.features.QueueSetting;
import streamset.features.RepositoryFields;
import streamset.pod.PodVolume;
import streamset.units.ByteSize;
import streamset.units.Cpu;
import streamset.units.LikelyAmount;

/** {@code streamset:backup}: WAL and base backups go to an object store; none by default. */
public final class Backup implements Feature {
    /** The key, without its namespace. */
    public static final String KEY = "backup";

    private static final String IMAGE = "image";
    private static final String KEEP = "keep";
    private static final String OUTAGE = "outage";
    private static final String MEMORY = "memory";
    private static final String WAL = "wal";
    private static final String RATE = "writeRate";
    private static final String NAME = "name";

    private static final String SOME_IMAGE = "registry.example.org/postgres-pgbackrest:18";
    private static final String DEFAULT_KEEP = "14d"; // two weekly base backups, of which one is always whole
    private static final Pattern DAYS = Pattern.compile("(\\d{1,4})d");
    private static final Pattern COUNT = Pattern.compile("\\d+");
    private static final int MOST_DAYS = 3650;

    /** A CronJob's name, to which Kubernetes adds the time to name its Jobs. */
    private static final int LONGEST_NAME = 52;

    /** Two processes that compress and encrypt, each 56 MB at most (measured), share much of that. */
    private static final Resources RESOURCES = new Resources(new Cpu(200), ByteSize.ofMegabytes(128));

    private static final ByteSize LEAST_MEMORY = ByteSize.ofMegabytes(64); // one such process and a shell

    private static final ByteSize TMP = ByteSize.ofMegabytes(256); // as the server's

    private static final int FIRST_WITH_LIBRARIES = 15; // version with archive_library
    private static final String COMMAND = "bash /etc/streamset/scripts/backup/archive.sh \"%p\" ";
    private static final String FETCH = "bash /etc/streamset/scripts/patroni/fetch.sh %f \"%p\"";
    private static final String COMMENT = " # pgbackrest"; // which refuses a command without its name

    @Override
    public Parts read(Section keys, StackConfig config) {
        var backup = keys.object(KEY);
        var names = config.names();
        var keep = backup.value(KEEP, Backup::days, days(DEFAULT_KEEP), DEFAULT_KEEP, Backup::likelyDays);
        var tasks = new Tasks(backup).all();
        var resources = Resources.read(backup.object("resources"), RESOURCES);
        var outage = backup.value(
                OUTAGE, text -> Optional.of(Outage.parse(text)), Optional.<Outage>empty(), "2h", LikelyAmount::time);
        if (backup.names().isEmpty()) {
            return Parts.NONE;
        }
        var repository = new RepositoryFields(backup).read(Optional.of("/" + names.namespace() + "/" + names.prefix()));
        var archive = new Archive(repository, image(backup), resources, keep, tasks);
        refuse(keys, config, resources);
        var parts = new ArrayList<Part>(settings(config));
        parts.add(archive);
        parts.add(new Part.OfServers(new PodAddition(volumes(archive, config), List.of(), Map.of())));
        outage.flatMap(time -> queue(keys, config, time)).ifPresent(parts::add);
        return new Parts(parts);
    }

    private static String image(Section backup) {
        var image = backup.value(IMAGE, Image::reference, "", SOME_IMAGE);
        if (image.isEmpty() && !backup.isFaulty(IMAGE)) {
            backup.problem(
                    IMAGE,
                    Section.NOT_SET,
                    "nobody publishes an image with pgBackRest that could be the default",
                    "build one (docs/images.md), then: " + backup.setCommand(IMAGE, "<image>"));
        }
        return image.isEmpty() ? SOME_IMAGE : image;
    }

    private static int days(String text) {
        var days = DAYS.matcher(text);
        if (days.matches()) {
            int number = Integer.parseInt(days.group(1));
            if (number >= 1 && number <= MOST_DAYS) {
                return number;
            }
        } else if (COUNT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "must be a time in days, and not a number of backups: of these, the one after a gap in the archive would expire the"
                            + " last one before it");
        }
        throw new IllegalArgumentException("must be a time in days, 1d … " + MOST_DAYS + "d");
    }

    private static Optional<String> likelyDays(String text) {
        return COUNT.matcher(text).matches() ? Optional.of(text + "d") : Optional.empty();
    }

    private static void refuse(Section keys, StackConfig config, Resources resources) {
        var backup = keys.object(KEY);
        var longest = config.names().backup(Tasks.INCREMENTAL);
        if (longest.length() > LONGEST_NAME) {
            int most =
                    LONGEST_NAME - (longest.length() - config.names().prefix().length());
            keys.problem(
                    NAME,
                    config.names().prefix(),
                    "must have at most " + most
                            + " characters with streamset:backup: Kubernetes takes no CronJob whose name is longer"
                            + " than " + LONGEST_NAME,
                    keys.setCommand(
                            NAME, config.names().prefix().substring(0, most).replaceFirst("-+$", "")));
        }
        if (resources.memory().compareTo(LEAST_MEMORY) < 0) {
            backup.object("resources")
                    .problem(
                            MEMORY,
                            resources.memory().quantity(),
                            "must be at least " + LEAST_MEMORY.quantity()
                                    + ": pgBackRest takes 56 MB, and would be killed",
                            backup.object("resources").setCommand(MEMORY, LEAST_MEMORY.quantity()));
        }
    }

    /** Empty, with a problem, where nobody says how much is written. */
    private static Optional<Part> queue(Section keys, StackConfig config, Outage outage) {
        var wal = keys.object(WAL);
        var rate = config.wal().rate();
        if (rate.isEmpty() && !wal.isFaulty(RATE)) {
            wal.problem(
                    RATE,
                    Section.NOT_SET,
                    "the WAL that waits for the archive is backup.outage × writeRate, and only backup.outage is set",
                    wal.setCommand(RATE, "2MB"));
        }
        var segment = config.wal().segmentSize();
        return rate.map(outage::wal)
                .map(size -> size.plus(segment).minus(new ByteSize(1)).wholes(segment))
                .map(Part.Queue::new);
    }

    private static List<Part> settings(StackConfig config) {
        var settings = new ArrayList<Part>();
        settings.add(new FixedSetting(
                ParameterName.ARCHIVE_MODE,
                "on",
                "streamset:backup brings WAL to the archive, from whichever server writes"));
        settings.add(new QueueSetting(
                ParameterName.ARCHIVE_COMMAND,
                COMMAND,
                COMMENT,
                "streamset:backup brings WAL to the archive; the number says how many segments may wait"));
        if (config.version() >= FIRST_WITH_LIBRARIES) {
            settings.add(new FixedSetting(
                    ParameterName.ARCHIVE_LIBRARY,
                    "",
                    "streamset:backup brings WAL to the archive by archive_command"));
        }
        if (config.failover().automatic()) {
            settings.add(new FixedSetting(
                    ParameterName.RESTORE_COMMAND,
                    FETCH,
                    "streamset:backup brings WAL back that a standby needs and no server has any more; otherwise it says at once that"
                            + " there is none"));
        }
        settings.add(
                new ComputedSetting(
                        ParameterName.ARCHIVE_TIMEOUT,
                        "60s",
                        "a segment is archived this long after its first record at the latest: so much is lost with all volumes"));
        return settings;
    }

    private static List<PodVolume> volumes(Archive archive, StackConfig config) {
        var own = List.of(
                new PodVolume.Empty(
                        Archive.SPOOL_VOLUME, false, Archive.spool(config.wal().segmentSize())),
                new PodVolume.Empty(Archive.TMP_VOLUME, false, TMP));
        return Stream.concat(own.stream(), archive.access(config.names().backup()).stream())
                .toList();
    }
}
