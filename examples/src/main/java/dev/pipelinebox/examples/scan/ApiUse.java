package dev.pipelinebox.examples.scan;

import java.util.Comparator;
import org.objectweb.asm.Type;

/**
 * One use of an API that is deprecated for removal.
 *
 * @param user  the class that uses it, by its internal name: {@code org/example/Main$Inner}
 * @param kind  how it is used
 * @param api   what is used, as {@link RemovalIndex} spells it: {@code java/lang/Thread.stop()V}
 * @param since the release that deprecated it, or an empty text where the JDK does not say
 */
public record ApiUse(String user, Kind kind, String api, String since) implements Comparable<ApiUse> {

    private static final Comparator<ApiUse> BY_USER_THEN_API =
            Comparator.comparing(ApiUse::user).thenComparing(ApiUse::api).thenComparing(ApiUse::kind);

    /** How a class uses an API. */
    public enum Kind {
        EXTENDS("extends"),
        IMPLEMENTS("implements"),
        CLASS("uses class"),
        METHOD("calls method"),
        FIELD("uses field"),
        FIELD_TYPE("field type"),
        PARAMETER_TYPE("parameter type"),
        RETURN_TYPE("return type"),
        OVERRIDE("overrides");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /**
     * The using class with dots.
     *
     * @return such as {@code org.example.Main$Inner}
     */
    public String readableUser() {
        return user.replace('/', '.');
    }

    /**
     * The API as a Java programmer writes it, without packages in the list of parameters.
     *
     * @return such as {@code java.lang.Thread.stop()}
     */
    public String readableApi() {
        int parenthesis = api.indexOf('(');
        if (parenthesis < 0) {
            return api.replace('/', '.');
        }
        StringBuilder text = new StringBuilder(
                api.substring(0, parenthesis).replace('/', '.').replace(".<init>", ""));
        String separator = "(";
        for (Type parameter : Type.getArgumentTypes(api.substring(parenthesis))) {
            String name = parameter.getClassName();
            text.append(separator).append(name.substring(name.lastIndexOf('.') + 1));
            separator = ", ";
        }
        return text.append(separator.equals("(") ? "()" : ")").toString();
    }

    @Override
    public int compareTo(ApiUse other) {
        return BY_USER_THEN_API.compare(this, other);
    }
}
