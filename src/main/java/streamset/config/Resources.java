package streamset.config;

/** What one pod gets; requests and limits are the same, so that no neighbour can take it away. */
public record Resources(Cpu cpu, ByteSize memory) {}
