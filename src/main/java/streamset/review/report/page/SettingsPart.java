package streamset.review.report.page;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import streamset.cluster.ClusterSpec;
import streamset.review.report.Changes;
import streamset.review.report.Row;
import streamset.settings.Setting;

/** Every setting with its origin and reason, and a field to search them. */
final class SettingsPart {
    private static final int BYTES = 90_000;
    private static final List<DataTable.Column> COLUMNS = List.of(
            DataTable.code("name"),
            DataTable.code("value"),
            DataTable.word("change"),
            DataTable.word("origin"),
            DataTable.words("why"));

    private final Map<String, Row.Setting> changed;

    private SettingsPart(Changes changes) {
        this.changed = changes.settings().stream()
                .collect(Collectors.toMap(Row.Setting::name, row -> row, (one, other) -> one));
    }

    static Chapter of(ClusterSpec spec, Changes changes) {
        var part = new SettingsPart(changes);
        var table = new DataTable("Settings in effect", COLUMNS, BYTES, "make -s explain")
                .of(spec.settings().all().stream().map(part::row));
        return new Chapter("settings", "Settings", Html.all(search(), table, none()));
    }

    /** Shown by the script alone: without it nothing would answer. */
    private static Html search() {
        return Element.of("form", "search")
                .with("role", "search")
                .with("hidden", "")
                .holds(
                        Element.of("label").with("for", "words").text("Search by name, value, origin or reason"),
                        Element.of("input")
                                .with("id", "words")
                                .with("type", "search")
                                .with("autocomplete", "off")
                                .with("spellcheck", "false")
                                .alone(),
                        Element.of("output").with("for", "words").text(""));
    }

    private static Html none() {
        return Element.of("p", "none").with("hidden", "").text("No setting has all of these words.");
    }

    private List<Html> row(Setting setting) {
        return List.of(
                Html.brief(setting.name()),
                value(setting),
                Html.text(setting.context()),
                Html.text(setting.origin().toString()),
                Html.brief(setting.reason()));
    }

    private Html value(Setting setting) {
        var value = setting.value().isEmpty() ? Html.text("''") : Html.brief(setting.value());
        var change = changed.get(setting.name());
        return change == null ? value : Html.all(value, Html.text(" "), was(change));
    }

    private static Html was(Row.Setting change) {
        return Element.of("span", "mark").holds(Html.brief(change.from().isEmpty() ? "new" : "was " + change.from()));
    }
}
