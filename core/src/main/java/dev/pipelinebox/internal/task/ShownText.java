package dev.pipelinebox.internal.task;

/** How a text of the user's that may be data of others is shown in messages and on terminals. */
public final class ShownText {

    private ShownText() {}

    /**
     * Writes each character that could drive a terminal, end a line or change the order of others as an escape sequence of
     * Java's: control characters, line and paragraph separators, and those for the direction of text.
     *
     * @param text any text
     * @return the same in one line, without such characters
     */
    public static String of(String text) {
        if (text.chars().noneMatch(ShownText::isHidden)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.chars().forEach(character -> {
            if (isHidden(character)) {
                shown.append(String.format("\\u%04x", character));
            } else {
                shown.append((char) character);
            }
        });
        return shown.toString();
    }

    private static boolean isHidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.FORMAT -> isDirection(character);
            default -> false;
        };
    }

    /** Others of this type join the parts of letters and pictures. */
    private static boolean isDirection(int character) {
        return character == 0x061C
                || (character >= 0x200E && character <= 0x200F)
                || (character >= 0x202A && character <= 0x202E)
                || (character >= 0x2066 && character <= 0x2069);
    }
}
