/** Arithmetic: what follows for PostgreSQL from replicas, memory and volumes. Small pure classes without input or output. */
package streamset.sizing;
