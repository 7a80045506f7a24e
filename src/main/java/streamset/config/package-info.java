/** What the user declares: the stack's configuration, read strictly, with all problems reported at once. */
package streamset.config;
