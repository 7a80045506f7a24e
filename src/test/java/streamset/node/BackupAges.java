package streamset.node;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes base backups older than they are, in the files by which pgBackRest knows of them: nobody can wait for days, and the clock of the
 * machine cannot be set. Only that knowledge is older; the archive must not be encrypted.
 */
record BackupAges(Path folder) {
    private static final Pattern TIME = Pattern.compile("(\"backup-timestamp-(?:start|stop)\":)(\\d+)");
    private static final Pattern CHECKSUM = Pattern.compile("backrest-checksum=\"[0-9a-f]+\"");
    private static final int SECONDS_PER_DAY = 86_400;

    static BackupAges of(Archiving archive) {
        return new BackupAges(archive.folderOfBackups());
    }

    void age(String label, int days) {
        for (var file : List.of("backup.info", "backup.info.copy")) {
            var path = folder.resolve(file);
            var aged = Machine.read(path)
                    .lines()
                    .map(line -> line.startsWith(label + "=") ? aged(line, days) : line)
                    .toList();
            var text = String.join("\n", aged) + "\n";
            Machine.write(path, CHECKSUM.matcher(text).replaceFirst("backrest-checksum=\"" + checksum(aged) + "\""));
        }
    }

    private static String aged(String line, int days) {
        return TIME.matcher(line)
                .replaceAll(time -> time.group(1) + (Long.parseLong(time.group(2)) - (long) days * SECONDS_PER_DAY));
    }

    /** Of the sections as one object of JSON, without the last one, which has the checksum. */
    private static String checksum(List<String> lines) {
        var sections = String.join("\n", lines).split("(?m)^\\[");
        var json = List.of(sections).stream()
                .filter(section -> !section.isBlank() && !section.contains("backrest-checksum="))
                .map(BackupAges::object)
                .collect(Collectors.joining(",", "{", "}"));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(json.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String object(String section) {
        int end = section.indexOf(']');
        return section.substring(end + 1)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> "\"" + line.replaceFirst("=", "\":"))
                .collect(Collectors.joining(",", "\"" + section.substring(0, end) + "\":{", "}"));
    }
}
