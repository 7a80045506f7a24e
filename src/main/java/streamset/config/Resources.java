package streamset.config;

import streamset.units.ByteSize;
import streamset.units.Cpu;

/** What one pod gets; requests and limits are the same, so that no neighbour can take it away. */
public record Resources(Cpu cpu, ByteSize memory) {}
