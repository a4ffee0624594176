package dev.pictor.image.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rule says the same as a second table of numbers from and to, whatever the address and however it is written. */
class AddressRuleProperties {

    private record Range(BigInteger from, BigInteger to) {

        boolean contains(BigInteger value) {
            return from.compareTo(value) <= 0 && value.compareTo(to) <= 0;
        }
    }

    /** First and last of what is not public in IPv4. */
    private static final List<Range> IPV4 = List.of(
            ipv4(0x00000000L, 0x00FFFFFFL),
            ipv4(0x0A000000L, 0x0AFFFFFFL),
            ipv4(0x64400000L, 0x647FFFFFL),
            ipv4(0x7F000000L, 0x7FFFFFFFL),
            ipv4(0xA83F8110L, 0xA83F8110L),
            ipv4(0xA9FE0000L, 0xA9FEFFFFL),
            ipv4(0xAC100000L, 0xAC1FFFFFL),
            ipv4(0xC0000000L, 0xC00000FFL),
            ipv4(0xC0000200L, 0xC00002FFL),
            ipv4(0xC0586300L, 0xC05863FFL),
            ipv4(0xC0A80000L, 0xC0A8FFFFL),
            ipv4(0xC6120000L, 0xC613FFFFL),
            ipv4(0xC6336400L, 0xC63364FFL),
            ipv4(0xCB007100L, 0xCB0071FFL),
            ipv4(0xE0000000L, 0xFFFFFFFFL));

    /** All that is public in IPv6, but for translated IPv4. */
    private static final List<Range> IPV6_PUBLIC = List.of(
            ipv6("2000" + "0".repeat(28), "2000" + "f".repeat(28)),
            ipv6("20010200" + "0".repeat(24), "20010db7" + "f".repeat(24)),
            ipv6("20010db9" + "0".repeat(24), "2001ffff" + "f".repeat(24)),
            ipv6("2003" + "0".repeat(28), "3ffe" + "f".repeat(28)),
            ipv6("3fff1000" + "0".repeat(24), "3fffffff" + "f".repeat(24)));

    private static final BigInteger MAPPED = new BigInteger("ffff00000000", 16);
    private static final BigInteger TRANSLATED = new BigInteger("64ff9b" + "0".repeat(24), 16);
    private static final BigInteger IPV4_COUNT = BigInteger.ONE.shiftLeft(32);

    private static Range ipv4(long from, long to) {
        return new Range(BigInteger.valueOf(from), BigInteger.valueOf(to));
    }

    private static Range ipv6(String from, String to) {
        return new Range(new BigInteger(from, 16), new BigInteger(to, 16));
    }

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    private static boolean isPublicIpv4(BigInteger value) {
        return IPV4.stream().noneMatch(range -> range.contains(value));
    }

    private static boolean isPublicIpv6(BigInteger value) {
        BigInteger head = value.subtract(value.mod(IPV4_COUNT));
        if (head.equals(MAPPED) || head.equals(TRANSLATED)) {
            return isPublicIpv4(value.mod(IPV4_COUNT));
        }
        return IPV6_PUBLIC.stream().anyMatch(range -> range.contains(value));
    }

    /** Half of them lie within three of an edge, where mistakes are. */
    private static BigInteger draw(Random random, List<Range> ranges, int bits) {
        if (random.nextBoolean()) {
            return new BigInteger(bits, random);
        }
        Range range = ranges.get(random.nextInt(ranges.size()));
        BigInteger edge = random.nextBoolean() ? range.from() : range.to();
        return edge.add(BigInteger.valueOf(random.nextInt(7) - 3L)).mod(BigInteger.ONE.shiftLeft(bits));
    }

    private static InetAddress address(BigInteger value, int bytes) throws UnknownHostException {
        byte[] address = new byte[bytes];
        BigInteger rest = value;
        for (int i = bytes - 1; i >= 0; i--) {
            address[i] = rest.byteValue();
            rest = rest.shiftRight(8);
        }
        return InetAddress.getByAddress(address);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void judgesIpv4AsTheTableDoesInEveryFormOfWriting(long seed) throws UnknownHostException {
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            BigInteger value = draw(random, IPV4, 32);
            InetAddress address = address(value, 4);
            boolean expected = isPublicIpv4(value);
            refused += expected ? 0 : 1;

            assertThat(AddressRule.whyNotPublic(address) == null)
                    .as("seed %d: %s", seed, address)
                    .isEqualTo(expected);
            assertThat(new Host(address.getHostAddress(), address))
                    .as("seed %d", seed)
                    .isEqualTo(Host.parse(written(value.longValueExact(), random)));
        }
        assertThat(refused).isBetween(40, 360);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void judgesIpv6AsTheTableDoes(long seed) throws UnknownHostException {
        Random random = new Random(seed);
        for (int i = 0; i < 400; i++) {
            BigInteger value = switch (random.nextInt(4)) {
                case 0 -> MAPPED.add(draw(random, IPV4, 32));
                case 1 -> TRANSLATED.add(draw(random, IPV4, 32));
                default -> draw(random, IPV6_PUBLIC, 128);
            };
            InetAddress address = AddressRule.plain(address(value, 16));

            assertThat(AddressRule.whyNotPublic(address) == null)
                    .as("seed %d: %s", seed, address)
                    .isEqualTo(isPublicIpv6(value));
        }
    }

    /** Writes an address as one to four numbers, each decimal, octal or hexadecimal, with zeros before it. */
    private static String written(long value, Random random) {
        int parts = 1 + random.nextInt(4);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts; i++) {
            boolean last = i == parts - 1;
            int shift = 24 - 8 * i;
            long part = last ? value & (0xFFFFFFFFL >>> (8 * i)) : (value >> shift) & 0xFF;
            text.append(
                    switch (random.nextInt(4)) {
                        case 0 -> "0x" + "0".repeat(random.nextInt(3)) + Long.toHexString(part);
                        case 1 -> "0X" + Long.toHexString(part).toUpperCase(Locale.ROOT);
                        case 2 -> "0" + "0".repeat(random.nextInt(3)) + Long.toOctalString(part);
                        default -> Long.toString(part);
                    });
            text.append(last ? "" : ".");
        }
        return text + (random.nextInt(10) == 0 ? "." : "");
    }
}
