/** Where a stream's observations come from: files, messages, lines, or made up; and what still waits there. */
package io.murmuration.stream.source;
