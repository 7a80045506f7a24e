/**
 * What can happen to a cluster that runs, made to happen on the testbed, and what must hold all the time: no acknowledged
 * row is lost, no two servers can be written to. {@code make e2e-faults}, {@code make bench-life}.
 */
package streamset.faults;
