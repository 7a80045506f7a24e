/** Measurements on real servers, started by targets of the Makefile; none of them is a test. */
package streamset.bench;
