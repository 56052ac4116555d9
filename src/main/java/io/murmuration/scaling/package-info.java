/** Scaling by reasons: what is measured, the policies that wish for a number of instances, and who decides. */
package io.murmuration.scaling;
