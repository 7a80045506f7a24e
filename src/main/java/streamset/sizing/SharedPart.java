package streamset.sizing;

import java.util.List;
import streamset.catalog.ParameterName;

/**
 * A part of the shared memory.
 *
 * @param bytes its size
 * @param what its name, with its factors
 * @param parameters if somebody sets one of these, the sum shows this part separately
 */
record SharedPart(double bytes, String what, List<ParameterName> parameters) {
    SharedPart {
        parameters = List.copyOf(parameters);
    }
}
