package streamset.faults;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import streamset.faults.PodWatch.Pod;

/**
 * Watches all servers that there are, and those at the addresses of pods that are gone: a deleted pod's server may live on
 * for a while. One whose network is cut can not be asked; nor can anybody write to it.
 */
final class Observer implements AutoCloseable {
    private final WritableTimes times = new WritableTimes();
    private final Map<String, Sampler> samplers = new ConcurrentHashMap<>();
    private final String password;

    Observer(String password) {
        this.password = password;
    }

    void see(Pod pod) {
        if (!pod.address().isEmpty()) {
            samplers.compute(
                    pod.address(), (address, known) -> known != null && known.isAlive() ? known : sampler(pod));
        }
    }

    private Sampler sampler(Pod pod) {
        return new Sampler(pod.name() + " at " + pod.address(), new Server(pod.address(), password), times);
    }

    WritableTimes times() {
        return times;
    }

    @Override
    public void close() {
        samplers.values().forEach(Sampler::close);
    }
}
