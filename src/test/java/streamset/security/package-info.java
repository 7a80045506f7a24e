/** Who gets in to a cluster with the rules of production, and who does not, tried for real. {@code make e2e-security}. */
package streamset.security;
