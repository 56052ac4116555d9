package io.murmuration.orchestration.matching;

import io.murmuration.orchestration.assignment.Capabilities;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Groups of agents as columns of arrays: a column a capability, and how many tasks the agents of a group take together. */
public final class Profiles implements Serializable {
    private static final long serialVersionUID = 1L;
    /** A number that is not there: it meets nothing, and counts nothing. */
    static final double NO_NUMBER = Double.NEGATIVE_INFINITY;
    /** A category that is not there, or that no agent has. */
    static final int NO_CATEGORY = -1;

    final List<String> numeric;
    final List<String> categorical;
    /** [capability][group] */
    final double[][] numbers;
    /** [capability][group], by the numbers that the capability's dictionary has for categories. */
    final int[][] categories;

    final int[] places;
    private final List<Map<String, Integer>> dictionaries;

    private Profiles(Builder builder) {
        numeric = builder.numeric;
        categorical = builder.categorical;
        numbers = new double[numeric.size()][];
        Arrays.setAll(numbers, c -> Arrays.copyOf(builder.numbers[c], builder.size));
        categories = new int[categorical.size()][];
        Arrays.setAll(categories, c -> Arrays.copyOf(builder.categories[c], builder.size));
        places = Arrays.copyOf(builder.places, builder.size);
        dictionaries = builder.dictionaries;
    }

    /** How many groups there are. */
    public int size() {
        return places.length;
    }

    /** Tasks that the agents of a group take together. */
    public int places(int group) {
        return places[group];
    }

    /** Of a category's name, or {@link #NO_CATEGORY}. */
    int category(int capability, String name) {
        return dictionaries.get(capability).getOrDefault(name, NO_CATEGORY);
    }

    /** Takes groups one by one. */
    public static final class Builder {
        private final List<String> numeric;
        private final List<String> categorical;
        private final double[][] numbers;
        private final int[][] categories;
        private final List<Map<String, Integer>> dictionaries;
        private int[] places = new int[16];
        private int size;

        /**
         * @param numeric names of the numbers
         * @param categorical names of the categories; in one order, since groups come in it
         */
        public Builder(List<String> numeric, List<String> categorical) {
            this.numeric = List.copyOf(numeric);
            this.categorical = List.copyOf(categorical);
            numbers = new double[numeric.size()][16];
            categories = new int[categorical.size()][16];
            dictionaries = categorical.stream()
                    .<Map<String, Integer>>map(name -> new HashMap<>())
                    .toList();
        }

        /**
         * Adds a group.
         *
         * @param capabilities other names than those of this table are passed over
         * @param count tasks that all its agents take together, at least 0
         */
        public Builder add(Capabilities capabilities, int count) {
            makeRoom();
            for (int c = 0; c < numbers.length; c++) {
                numbers[c][size] = capabilities.numeric().getOrDefault(numeric.get(c), NO_NUMBER);
            }
            for (int c = 0; c < categories.length; c++) {
                String category = capabilities.categorical().get(categorical.get(c));
                Map<String, Integer> dictionary = dictionaries.get(c);
                categories[c][size] = category == null
                        ? NO_CATEGORY
                        : dictionary.computeIfAbsent(category, name -> dictionary.size());
            }
            places[size++] = count;
            return this;
        }

        private void makeRoom() {
            if (size == places.length) {
                places = Arrays.copyOf(places, 2 * size);
                Arrays.setAll(numbers, c -> Arrays.copyOf(numbers[c], 2 * size));
                Arrays.setAll(categories, c -> Arrays.copyOf(categories[c], 2 * size));
            }
        }

        public Profiles build() {
            return new Profiles(this);
        }
    }
}
