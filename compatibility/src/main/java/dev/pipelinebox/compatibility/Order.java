package dev.pipelinebox.compatibility;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A value with a field of each kind that the guide names.
 *
 * @param number a primitive value
 * @param state an enum
 * @param note there
 * @param reference not there
 * @param ordered a time
 * @param day a date
 * @param delivery a time with a zone
 * @param patience a duration
 * @param price a decimal number
 * @param items a list of records
 * @param counts a map with keys that are no strings
 * @param labels a set
 * @param folder a path
 * @param picture bytes
 * @param payment a sealed type
 */
public record Order(
        long number,
        State state,
        Optional<String> note,
        Optional<Integer> reference,
        Instant ordered,
        LocalDate day,
        ZonedDateTime delivery,
        Duration patience,
        BigDecimal price,
        List<Item> items,
        Map<LocalDate, Long> counts,
        Set<String> labels,
        Path folder,
        List<Byte> picture,
        Payment payment) {

    /** How far it is. */
    public enum State {
        /** Not yet. */
        OPEN,
        /** Done. */
        CLOSED
    }

    /**
     * A part.
     *
     * @param name its name
     * @param amount how many
     */
    public record Item(String name, int amount) {}

    /** How it is paid. */
    public sealed interface Payment {}

    /**
     * By a card.
     *
     * @param last its last digits
     */
    public record Card(String last) implements Payment {}

    /** In cash. */
    public record Cash() implements Payment {}

    static Order sample(long number) {
        return new Order(
                number,
                State.OPEN,
                Optional.of("größer, 大, \uD83D\uDE00"),
                Optional.empty(),
                Instant.parse("2026-11-28T01:02:03.123456789Z"),
                LocalDate.of(2026, 2, 28),
                ZonedDateTime.of(2026, 6, 1, 12, 0, 0, 5, ZoneId.of("Europe/Berlin")),
                Duration.ofMillis(1500),
                new BigDecimal("12345678901234567890.10"),
                List.of(new Item("pen", 3), new Item("", Integer.MIN_VALUE)),
                Map.of(LocalDate.of(2026, 1, 1), Long.MAX_VALUE),
                Set.of("new"),
                Path.of("/orders", "new"),
                List.of((byte) -1, (byte) 0),
                number % 2 == 0 ? new Cash() : new Card("0042"));
    }

    Order closed() {
        return new Order(
                number,
                State.CLOSED,
                note,
                reference,
                ordered,
                day,
                delivery,
                patience,
                price,
                items,
                counts,
                labels,
                folder,
                picture,
                payment);
    }
}
