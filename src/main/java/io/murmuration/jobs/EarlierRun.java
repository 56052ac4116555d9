package io.murmuration.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.murmuration.batch.Fleet;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The run whose states agents go on from: told in the log where it was one of other models. */
final class EarlierRun {
    private static final Logger LOG = LoggerFactory.getLogger(EarlierRun.class);

    private EarlierRun() {}

    /** Warns if the summary of the earlier run names none of the fleet's models; one without a summary says nothing. */
    static void compare(String folder, Fleet fleet, Configuration hadoop) {
        try {
            Path summary = new Path(folder, "summary.json");
            FileSystem files = summary.getFileSystem(hadoop);
            if (files.exists(summary)) {
                try (InputStream in = files.open(summary)) {
                    Set<String> earlier = texts(new ObjectMapper().readTree(in).path("model_sha256"));
                    if (fleet.members().stream().map(Fleet.Member::sha256).noneMatch(earlier::contains)) {
                        LOG.warn("The states in {} (--initial) are those of another model than this one", folder);
                    }
                }
            }
        } catch (IOException e) {
            LOG.warn("The summary in {} (--initial) cannot be read: {}", folder, e.getMessage());
        }
    }

    private static Set<String> texts(JsonNode node) {
        Set<String> texts = new HashSet<>();
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
