package streamset.settings;

import java.util.LinkedHashSet;
import java.util.stream.Collectors;
import streamset.config.StackConfig;
import streamset.problems.Problem;
import streamset.problems.Problems;

/**
 * Checks of single settings, without a sum. A refused setting is not counted in any sum either, since its remedy removes it. If
 * a lower layer or a default takes effect then, that is checked too, so that one round finds everything.
 */
record ValueChecks(StackConfig config, Problems problems) {

    /** Adds what is wrong; returns the settings in effect after all fixes. */
    WrittenSettings check(WrittenSettings taken) {
        var warnings = new LinkedHashSet<Problem>();
        var left = taken;
        for (var refused = new LinkedHashSet<String>(); ; refused.clear()) {
            var found = new Problems();
            once(left, found);
            found.found().forEach(one -> problems.add(one.subject(), one.value(), one.reason(), one.fix()));
            warnings.addAll(found.warnings());
            found.found().stream().map(Problem::subject).collect(Collectors.toCollection(() -> refused));
            if (refused.isEmpty()) {
                warnings.forEach(one -> problems.warn(one.subject(), one.value(), one.reason(), one.fix()));
                left = new Floors(taken, config, found).corrected(left);
                left = new LibraryChecks(taken, config, found).corrected(left);
                new ExtensionChecks(left, problems).check();
                return left;
            }
            left = left.without(refused);
        }
    }

    private void once(WrittenSettings taken, Problems found) {
        new Floors(taken, config, found).check();
        new PodChecks(taken, config, found).check();
        new LibraryChecks(taken, config, found).check();
        new LocaleChecks(taken, config, found).check();
        new ArchiveChecks(taken, config, found).check();
        new RecoveryChecks(taken, found).check();
        new SynchronousChecks(taken, config, found).check();
    }
}
