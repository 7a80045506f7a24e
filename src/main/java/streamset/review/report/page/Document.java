package streamset.review.report.page;

import java.util.stream.Stream;

/** The frame of a page. Its policy lets nothing in: no request leaves it, and no script runs but its own. */
final class Document {
    private static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "style-src " + Asset.STYLE.source(),
            "script-src " + Asset.SCRIPT.source(),
            "img-src data:", // an empty icon, so that no browser asks a server for one
            "base-uri 'none'",
            "form-action 'none'");

    private Document() {}

    static String of(String title, Html... body) {
        var head = Element.of("head")
                .holds(
                        Element.of("meta").with("charset", "utf-8").alone(),
                        Element.of("meta")
                                .with("http-equiv", "Content-Security-Policy")
                                .with("content", POLICY)
                                .alone(),
                        named("viewport", "width=device-width, initial-scale=1"),
                        named("color-scheme", "light dark"),
                        Element.of("title").text(title),
                        Element.of("link")
                                .with("rel", "icon")
                                .with("href", "data:,")
                                .alone(),
                        Asset.STYLE.html());
        var all = Element.of("body").holds(Stream.concat(Stream.of(body), Stream.of(Asset.SCRIPT.html())));
        return "<!DOCTYPE html>\n" + Element.of("html").with("lang", "en").holds(head, all) + "\n";
    }

    private static Html named(String name, String content) {
        return Element.of("meta").with("name", name).with("content", content).alone();
    }
}
