package streamset.faults;

import java.util.Map;
import java.util.TreeMap;

/** What the stack declares at the moment, beyond what never changes. */
final class Declared {
    private static final String LOST = "streamset:lost[0]";
    private static final String SYNCHRONOUS = "streamset:synchronous.standbys";

    private final Map<String, String> settings = new TreeMap<>();
    private int replicas = 3;
    private int primary;

    int replicas() {
        return replicas;
    }

    int primary() {
        return primary;
    }

    Declared replicas(int replicas) {
        this.replicas = replicas;
        return this;
    }

    Declared primary(int ordinal) {
        this.primary = ordinal;
        return this;
    }

    /** The pod whose data are discarded. */
    int lost() {
        return Integer.parseInt(settings.get(LOST));
    }

    /** The data of this pod, and of no other, are discarded. */
    Declared lost(int ordinal) {
        settings.put(LOST, Integer.toString(ordinal));
        return this;
    }

    Declared noneLost() {
        settings.remove(LOST);
        return this;
    }

    /** So many standbys must have a commit before it is acknowledged. */
    Declared synchronous(int standbys) {
        settings.put(SYNCHRONOUS, Integer.toString(standbys));
        return this;
    }

    Declared parameter(String name, String value) {
        settings.put("streamset:parameters." + name, value);
        return this;
    }

    /** As tools/deploy.sh takes them. */
    String[] words() {
        var all = new TreeMap<>(settings);
        all.put("streamset:replicas", Integer.toString(replicas));
        all.put("streamset:primary", Integer.toString(primary));
        return all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
    }
}
