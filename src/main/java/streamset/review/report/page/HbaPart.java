package streamset.review.report.page;

import java.util.List;
import streamset.cluster.ClusterSpec;
import streamset.conf.SourceFile;
import streamset.conf.hba.HbaEntry;
import streamset.conf.hba.HbaFile;
import streamset.problems.Problems;

/** The lines of pg_hba.conf as the servers read them, without comments of their own and without secrets. */
final class HbaPart {
    private static final int BYTES = 20_000; // of each list

    private HbaPart() {}

    /** @param file that has the author's lines */
    static Chapter of(ClusterSpec spec, String file) {
        var entries = HbaEntry.of(spec.files().pgHbaConf());
        int own = own(spec);
        return new Chapter(
                "hba",
                "pg_hba.conf",
                Element.of("div", "card")
                        .holds(
                                Element.of("p").text("The first line that matches a connection decides."),
                                Chapter.part("The cluster’s own access", lines(entries.subList(0, own), 1)),
                                Chapter.part(
                                        "Lines of " + file, lines(entries.subList(own, entries.size()), own + 1))));
    }

    /** The number of lines that stand in front of the author's. */
    private static int own(ClusterSpec spec) {
        var config = spec.config();
        var nothing = HbaFile.parse(new SourceFile("", ""), config.version(), new Problems());
        return HbaEntry.of(nothing.render(config.names().podDomains())).size();
    }

    private static Html lines(List<HbaEntry> entries, int first) {
        if (entries.isEmpty()) {
            return Element.of("p", "soft").text("none");
        }
        var items = Fitting.of(
                entries.stream()
                        .map(entry -> Element.of("li").holds(Element.of("code").text(entry.shown()))),
                BYTES,
                howMany -> Element.of("li").text(howMany + ": make -s render"));
        return Element.of("ol", "lines").with("start", Integer.toString(first)).holds(items);
    }
}
