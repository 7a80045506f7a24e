package streamset.config;

import streamset.units.ByteSize;
import streamset.units.Cpu;

/** The resources of one pod; requests equal limits, so that no other pod can take them. */
public record Resources(Cpu cpu, ByteSize memory) {}
