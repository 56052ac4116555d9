/** Self-contained pages from summaries: HTML with charts as inline SVG, which any browser shows without a network. */
package io.murmuration.report;
