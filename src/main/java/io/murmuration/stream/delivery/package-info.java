/** Where the results of a micro-batch go besides the output folder, once they are in place. */
package io.murmuration.stream.delivery;
