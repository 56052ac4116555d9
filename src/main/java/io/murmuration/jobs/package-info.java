/** One thin {@code main} a job: options are parsed, the other packages are wired together, the end is told in a few lines. */
package io.murmuration.jobs;
