package io.murmuration.batch;

import io.murmuration.model.GenerativeModel;
import java.io.Serializable;
import java.util.List;

/**
 * The models of a job: one, or several that a column of the observations names.
 *
 * @param members in the order of their names, which are unique
 * @param named whether observations name their model
 */
public record Fleet(List<Member> members, boolean named) implements Serializable {

    /**
     * A model of the fleet.
     *
     * @param name by which observations name it: the stem of its file
     * @param model the model
     * @param sha256 of the file's bytes, in hexadecimal; empty for a model that comes from no file
     */
    public record Member(String name, GenerativeModel model, String sha256) implements Serializable {}

    public Fleet {
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("A fleet has at least one model");
        }
        for (int i = 0; i < members.size(); i++) {
            for (Member other : members.subList(i + 1, members.size())) {
                if (other.name().equals(members.get(i).name())) {
                    throw new IllegalArgumentException(
                            "Two models of the fleet are called \"" + other.name() + "\", expected names that differ");
                }
            }
        }
        Class<?> kind = members.get(0).model().getClass();
        for (Member member : members) {
            if (member.model().getClass() != kind) {
                throw new IllegalArgumentException("All models of a fleet are of one kind, but \""
                        + members.get(0).name() + "\" and \"" + member.name() + "\" differ");
            }
        }
    }

    /** A fleet of one model, which observations need not name. */
    public static Fleet of(GenerativeModel model) {
        return new Fleet(List.of(new Member(model.name(), model, "")), false);
    }

    /** The place of a model by its name; −1 where there is none of that name. */
    public int indexOf(String name) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    public GenerativeModel model(int index) {
        return members.get(index).model();
    }
}
