/** Amounts with their units: sizes and processor time, as Kubernetes and as PostgreSQL write them. */
package streamset.units;
