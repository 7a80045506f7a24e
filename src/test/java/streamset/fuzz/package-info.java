/** Input that nobody would write on purpose: what the fuzzers of all packages have in common. {@code make fuzz} runs them at length. */
package streamset.fuzz;
