package streamset.faults;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import streamset.faults.PodWatch.Pod;

/**
 * Watches all servers that there are, and those at the addresses of pods that are gone: a deleted pod's server may live on
 * for a while. One whose network is cut cannot be asked; nor can anybody write to it.
 */
final class Observer implements AutoCloseable {
    private final WritableTimes times = new WritableTimes();
    private final Map<String, Sampler> samplers = new ConcurrentHashMap<>();
    private final String password;

    Observer(String password) {
        this.password = password;
    }

    /** An address that another pod has got is watched under its name from now on. */
    void see(Pod pod) {
        if (!pod.address().isEmpty()) {
            samplers.compute(pod.address(), (address, known) -> {
                var name = pod.name() + " at " + address;
                if (known != null && known.isAlive() && known.name().equals(name)) {
                    return known;
                }
                if (known != null) {
                    known.close();
                }
                return new Sampler(name, new Server(address, password), times);
            });
        }
    }

    WritableTimes times() {
        return times;
    }

    @Override
    public void close() {
        samplers.values().forEach(Sampler::close);
    }
}
