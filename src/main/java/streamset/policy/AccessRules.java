package streamset.policy;

import java.util.Set;
import java.util.stream.Stream;
import streamset.conf.ConfFiles;
import streamset.conf.SourceFile;
import streamset.conf.hba.HbaEntry;
import streamset.conf.hba.HbaFile;
import streamset.config.Rule;
import streamset.problems.Problems;

/** Rules on who may log in. */
final class AccessRules {
    private static final Set<String> READABLE_PASSWORDS = Set.of("md5", "password");

    private AccessRules() {}

    static Stream<Breach> breaches(String where, String pgHbaConf, int version) {
        var trusting = new Problems();
        HbaFile.parse(new SourceFile(ConfFiles.PG_HBA_CONF, pgHbaConf), version, new Problems())
                .refuseTrust(trusting);
        var trust = trusting.found().stream()
                .map(line -> new Breach(
                        Rule.NO_TRUST,
                        where,
                        "pg_hba.conf has the line " + line.value(),
                        "change the method of this line to scram-sha-256"));
        var readable = HbaEntry.of(pgHbaConf).stream()
                .filter(HbaEntry::ofTheNetwork)
                .filter(line -> READABLE_PASSWORDS.contains(line.method()))
                .map(line -> new Breach(
                        Rule.SCRAM_ONLY,
                        where,
                        "pg_hba.conf has the line " + line.shown(),
                        "change the method of this line to scram-sha-256"));
        return Stream.concat(trust, readable);
    }
}
