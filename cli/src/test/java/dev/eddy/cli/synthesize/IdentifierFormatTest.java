package dev.eddy.cli.synthesize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdentifierFormatTest {
  private final SplittableRandom random = new SplittableRandom(1);

  private static List<String> values(int count, IntFunction<String> value) {
    return IntStream.range(0, count).mapToObj(value).toList();
  }

  private List<String> made(int count, List<String> values) {
    IdentifierFormat format = IdentifierFormat.of(values);
    return values(count, i -> format.make(random));
  }

  @Test
  void keepsLettersOfCodesThoughTheyCouldBeHexadecimalDigits() {
    List<String> codes = values(300, i -> (i % 2 == 0 ? "A" : "B") + (100 + i * 3 % 800));

    List<String> made = made(200, codes);

    assertThat(made).allMatch(code -> code.matches("[AB][1-9]\\d\\d"));
    assertThat(made).doesNotContainAnyElementsOf(codes).doesNotHaveDuplicates();
  }

  @Test
  void keepsHexadecimalDigits() {
    List<String> values = values(100, i -> "u%09x".formatted(random.nextLong(1L << 36)));

    assertThat(made(100, values)).allMatch(id -> id.matches("u[0-9a-f]{9}"));
  }

  @Test
  void keepsNumbersOfAddressesInTheirRange() {
    List<String> values =
        values(500, i -> "10.0.%d.%d".formatted(random.nextInt(4, 200), random.nextInt(1, 255)));

    List<String> made = made(500, values);

    assertThat(made)
        .allMatch(
            ip ->
                ip.matches(
                    "10\\.0\\.([4-9]|[1-9]\\d|1\\d\\d)\\.([1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-4])"));
    assertThat(made).doesNotContainAnyElementsOf(values);
  }

  @Test
  void countsOnWhereAFormIsFull() {
    List<String> users = values(100, i -> "user%d@example.com".formatted(i));
    List<String> hosts = values(200, i -> "10.0.0." + (i + 1));

    assertThat(made(2, users)).containsExactly("user100@example.com", "user101@example.com");
    assertThat(made(100, hosts))
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(hosts)
        .allMatch(ip -> ip.matches("10\\.0\\.(0|[1-9]\\d?)\\.(1?\\d?\\d|2[0-4]\\d|25[0-5])"));
  }

  @Test
  void makesItsOwnAgainWhereThereIsNothingToCountOn() {
    List<String> letters = values(25, i -> String.valueOf((char) ('a' + i)));

    assertThat(made(3, letters)).containsExactly("z", "z", "z");
  }

  @Test
  void makesAddressesWithDomainsOfTheSourceAndNamesThatAreNobodys() {
    List<String> names = List.of("ann", "robert", "eve", "carl", "dora");
    List<String> values =
        values(
            200,
            i ->
                names.get(i % 5)
                    + "."
                    + (char) ('a' + i / 26)
                    + (char) ('a' + i % 26)
                    + (i % 2 == 0 ? "@example.com" : "@mail.test.org"));

    List<String> made = made(100, values);

    assertThat(made)
        .allMatch(mail -> mail.matches("[a-z]+\\.[a-z]+@(example\\.com|mail\\.test\\.org)"));
    assertThat(made).doesNotContainAnyElementsOf(values);
  }

  @Test
  void writesZerosBeforeANumberOnlyWhereTheSourceDoes() {
    assertThat(made(50, values(100, i -> "T-" + 7 * i))).noneMatch(id -> id.matches("T-0\\d+"));
    assertThat(made(50, values(100, i -> "T-%04d".formatted(7 * i))))
        .allMatch(id -> id.matches("T-\\d{4}"));
  }
}
