package io.murmuration.orchestration.matching;

import java.util.List;
import java.util.stream.IntStream;

/** Makes shortlists in the thread that asks for them. */
public final class LocalShortlists implements ShortlistSource {
    private final ProfileIndex.Search search;

    public LocalShortlists(ProfileIndex index) {
        search = index.search();
    }

    @Override
    public List<Candidates> find(int[] tasks, int[] most, ProfileIndex.Prices prices) {
        return IntStream.range(0, tasks.length)
                .mapToObj(i -> search.find(tasks[i], most[i], prices))
                .toList();
    }
}
