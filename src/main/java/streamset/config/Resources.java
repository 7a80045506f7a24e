package streamset.config;

import java.util.regex.Pattern;
import streamset.units.ByteSize;
import streamset.units.Cpu;
import streamset.units.LikelyAmount;

/** The resources of one pod; requests equal limits, so that no other pod can take them. */
public record Resources(Cpu cpu, ByteSize memory) {
    private static final Resources DEFAULT = new Resources(new Cpu(500), ByteSize.ofMegabytes(512));
    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d+");
    private static final int MANY_MILLICORES = 500_000; // of one pod: more likely the m was left out

    /** Reads the object {@code streamset:resources}. */
    static Resources read(Section fields) {
        return read(fields, DEFAULT);
    }

    /**
     * Reads those of a container.
     *
     * @param fallback what it gets unless the stack says otherwise
     */
    public static Resources read(Section fields, Resources fallback) {
        var cpu = fields.value("cpu", Cpu::parse, fallback.cpu(), fallback.cpu().quantity(), LikelyAmount::cpu);
        var written = fields.text("cpu");
        if (cpu.millicores() >= MANY_MILLICORES && WHOLE_NUMBER.matcher(written).matches()) {
            fields.warn(
                    "cpu",
                    written,
                    "are whole cores, and hardly any machine has so many; " + Section.DID_YOU_MEAN
                            + "thousandths of a core?",
                    fields.setCommand("cpu", written + "m"));
        }
        return new Resources(
                cpu,
                fields.value(
                        "memory",
                        ByteSize::parseQuantity,
                        fallback.memory(),
                        fallback.memory().quantity(),
                        LikelyAmount::quantity));
    }
}
