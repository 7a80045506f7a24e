package streamset.conf;

import java.util.Map;
import java.util.stream.Collectors;
import streamset.catalog.Parameter;
import streamset.sizing.Overrides;

/**
 * A value that a person wrote, as the server understands it.
 *
 * @param canonical as pg_settings shows it
 */
record CheckedSetting(WrittenSetting written, Parameter parameter, String canonical) {

    /** A size in bytes, all else that is a number as it is; so is -1, with which a size follows from another. */
    double number() {
        double number = Double.parseDouble(canonical);
        return number >= 0 && parameter.isSize() ? parameter.bytes(written.value()) : number;
    }

    /** What budgets are computed around. */
    static Overrides overrides(Map<String, CheckedSetting> checked) {
        return new Overrides(checked.values().stream()
                .filter(value -> value.parameter().isNumber())
                .collect(Collectors.toMap(value -> value.written().name(), CheckedSetting::number)));
    }
}
