package streamset.review.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import streamset.cluster.ClusterSpec;
import streamset.pod.PodClaim;
import streamset.pod.Volume;

/** A pod of the drawing, with its role, its claims, and what becomes of them. */
record PodCard(Optional<ClusterSpec> before, ClusterSpec after) {
    Html html(int ordinal) {
        boolean stays = isIn(after, ordinal);
        var style = !stays ? "node gone" : ordinal == after.primary() ? "node writes" : "node";
        return Element.of("li", style)
                .holds(
                        Element.of("code").text(after.names().pod(ordinal)),
                        Html.all(roles(ordinal).stream()
                                .map(role -> Element.of("span", "role").text(role))),
                        Html.all(news(ordinal).stream()
                                .map(news -> Element.of("span", "mark").text(news))),
                        Chapter.list("ul", claims(stays ? after : before.orElse(after), ordinal)));
    }

    private List<String> roles(int ordinal) {
        var roles = new ArrayList<String>();
        if (isIn(after, ordinal)) {
            roles.add(ordinal == after.primary() ? "primary" : "standby");
            if (new Replication(after).isSynchronous(ordinal)) {
                roles.add("synchronous");
            }
        }
        if (after.config().roles().lost().contains(ordinal)) {
            roles.add("lost: nobody waits for it");
        }
        return roles;
    }

    private List<String> news(int ordinal) {
        if (before.isEmpty()) {
            return List.of();
        }
        var news = new ArrayList<String>();
        var was = before.get();
        if (!isIn(was, ordinal)) {
            news.add("new");
        } else if (!isIn(after, ordinal)) {
            news.add(after.config().keepVolumes() ? "its volumes stay" : "its volumes go, too");
        }
        if (was.primary() != after.primary()) {
            if (ordinal == after.primary()) {
                news.add("takes over");
            } else if (ordinal == was.primary()) {
                news.add("was primary");
            }
        }
        return news;
    }

    private static boolean isIn(ClusterSpec spec, int ordinal) {
        return ordinal < spec.config().replicas();
    }

    private Stream<Html> claims(ClusterSpec spec, int ordinal) {
        return spec.claims().stream()
                .map(claim -> Html.all(
                        Element.of("code").text(spec.names().claim(claim.kind().name(), ordinal)),
                        Html.text(" " + words(claim.volume())),
                        change(claim, ordinal)));
    }

    private static String words(Volume volume) {
        return volume.size().quantity()
                + volume.className().map(name -> ", " + name).orElse("");
    }

    private Html change(PodClaim claim, int ordinal) {
        return before.filter(spec -> isIn(spec, ordinal))
                .flatMap(spec -> spec.claims().stream()
                        .filter(old -> old.kind().equals(claim.kind()))
                        .findFirst())
                .filter(old -> !words(old.volume()).equals(words(claim.volume())))
                .map(old -> Html.all(Html.text(" "), Element.of("span", "mark").text("was " + words(old.volume()))))
                .orElse(Html.NONE);
    }
}
