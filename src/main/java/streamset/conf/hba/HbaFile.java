package streamset.conf.hba;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import streamset.conf.SourceFile;
import streamset.problems.Problems;

/** pg_hba.conf: the author's text, and the rules in it, of which the first that fits a connection decides. */
public final class HbaFile {
    private final List<HbaLine> lines;
    private final List<HbaRule> rules;
    private final boolean sound;

    private HbaFile(List<HbaLine> lines, List<HbaRule> rules, boolean sound) {
        this.lines = List.copyOf(lines);
        this.rules = List.copyOf(rules);
        this.sound = sound;
    }

    /** Reads a file as this server would; each line that cannot be used is a problem. */
    public static HbaFile parse(SourceFile source, HbaServer server, Problems problems) {
        var lines = HbaLine.of(source.text());
        var rules = new ArrayList<HbaRule>();
        boolean sound = true;
        for (var line : lines) {
            try {
                if (!line.fields().isEmpty()) {
                    rules.add(HbaRuleParser.parse(line, server));
                }
            } catch (HbaRefusal refusal) {
                sound = false;
                problems.add(source.line(line.number()), line.shown(), refusal.reason(), refusal.fix());
            }
        }
        return new HbaFile(lines, rules, sound);
    }

    /** In their order. */
    List<HbaRule> rules() {
        return rules;
    }

    /** Whether every line could be read; else nobody can say which one decides. */
    boolean isSound() {
        return sound;
    }

    HbaDecision decides(HbaQuestion question) {
        var possible = new ArrayList<HbaRule>();
        for (var rule : rules) {
            var match = rule.matches(question);
            if (match == Match.YES) {
                return new HbaDecision(possible, Optional.of(rule));
            }
            if (match == Match.MAYBE) {
                possible.add(rule);
            }
        }
        return new HbaDecision(possible, Optional.empty());
    }

    /**
     * The file as the servers get it: a line with the address {@value HbaLine#PODS} once for each pod, and every other
     * character as its author wrote it.
     *
     * @param podHosts the pods' DNS names, by ordinal
     */
    public String render(List<String> podHosts) {
        return lines.stream().map(line -> line.render(podHosts)).collect(Collectors.joining());
    }
}
