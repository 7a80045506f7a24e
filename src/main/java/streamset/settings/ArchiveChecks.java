package streamset.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import streamset.catalog.ParameterName;
import streamset.config.Image;
import streamset.config.StackConfig;
import streamset.problems.Problems;

/**
 * Whether the official image can run the commands that archive WAL: otherwise nothing would be archived, and pg_wal would grow.
 *
 * @param taken the written settings that the servers accept
 */
record ArchiveChecks(WrittenSettings taken, StackConfig config, Problems problems) {
    // programs for archiving, at any place in a command, that no official image has
    private static final Pattern ABSENT_PROGRAM =
            Pattern.compile("(?:^|[\\s;&|(\"'])((?:/\\S*/)?(?:pgbackrest|wal-g|wal-e"
                    + "|envdir|barman-[\\w-]+|pg_probackup|pghoard\\w*|aws|s3cmd|rclone|gsutil|az|rsync|ssh|scp|lz4|curl|wget)"
                    + "|/(?:usr/local|opt|home|root|scripts?|srv)/\\S+)(?=[\\s;&|)\"']|$)");
    private static final Pattern TARGET = Pattern.compile("[\\s\"'=](/\\S*%f)");
    private static final Pattern WRITABLE = Pattern.compile("/(?:tmp|dev|var/lib/postgresql)/.*");

    void check() {
        taken.get(ParameterName.ARCHIVE_COMMAND)
                .filter(written -> Image.isOfficial(config.image()))
                .ifPresent(written -> {
                    var command = written.setting().value();
                    var program = ABSENT_PROGRAM.matcher(command);
                    var target = TARGET.matcher(" " + command);
                    if (program.find()) {
                        cannotArchive(
                                written,
                                "the official image has no " + program.group(1),
                                OwnImage.orImage(config, written.removal()));
                    } else if (target.find()
                            && !WRITABLE.matcher(target.group(1)).matches()) {
                        cannotArchive(
                                written,
                                "the file system of the pods is read-only, and they have no volume at "
                                        + target.group(1),
                                written.removal());
                    }
                });
    }

    /** The mode goes with the command: without one nothing is archived either. */
    private void cannotArchive(WrittenSetting written, String reason, String fix) {
        var mode = taken.get(ParameterName.ARCHIVE_MODE)
                .map(other -> " and " + other.removal())
                .orElse("");
        problems.add(
                written.subject(),
                written.shown(),
                reason + ": nothing would be archived, and pg_wal would grow until its volume is full",
                fix.replaceFirst(
                        "^" + Pattern.quote(written.removal()), Matcher.quoteReplacement(written.removal() + mode)));
    }
}
