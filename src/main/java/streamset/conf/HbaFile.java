package streamset.conf;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** pg_hba.conf: the author's text, in which a line with the address {@value #PODS} stands for one line per pod. */
final class HbaFile {
    private static final String PODS = "${pods}";

    private HbaFile() {}

    /** @param podHosts the pods' DNS names, by ordinal */
    static String render(String text, List<String> podHosts) {
        return text.lines().flatMap(line -> expand(line, podHosts)).collect(Collectors.joining("\n", "", "\n"));
    }

    private static Stream<String> expand(String line, List<String> podHosts) {
        boolean standsForPods = line.replaceFirst("#.*", "").contains(PODS); // not in a comment
        return standsForPods ? podHosts.stream().map(host -> line.replace(PODS, host)) : Stream.of(line);
    }
}
