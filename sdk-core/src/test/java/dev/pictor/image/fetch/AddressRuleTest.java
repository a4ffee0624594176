package dev.pictor.image.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRuleTest {

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    /** First and last address of each block, and the neighbours that are public. */
    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({
        "0.0.0.0, 0.255.255.255, , 1.0.0.0, this network",
        "10.0.0.0, 10.255.255.255, 9.255.255.255, 11.0.0.0, private",
        "100.64.0.0, 100.127.255.255, 100.63.255.255, 100.128.0.0, carrier",
        "127.0.0.0, 127.255.255.255, 126.255.255.255, 128.0.0.0, loopback",
        "169.254.0.0, 169.254.255.255, 169.253.255.255, 169.255.0.0, link-local",
        "172.16.0.0, 172.31.255.255, 172.15.255.255, 172.32.0.0, private",
        "192.0.0.0, 192.0.0.255, 191.255.255.255, 192.0.1.0, protocol assignments",
        "192.0.2.0, 192.0.2.255, 192.0.1.255, 192.0.3.0, documentation",
        "192.88.99.0, 192.88.99.255, 192.88.98.255, 192.88.100.0, 6to4",
        "192.168.0.0, 192.168.255.255, 192.167.255.255, 192.169.0.0, private",
        "198.18.0.0, 198.19.255.255, 198.17.255.255, 198.20.0.0, benchmarking",
        "198.51.100.0, 198.51.100.255, 198.51.99.255, 198.51.101.0, documentation",
        "203.0.113.0, 203.0.113.255, 203.0.112.255, 203.0.114.0, documentation",
        "224.0.0.0, 239.255.255.255, 223.255.255.255, , multicast",
        "240.0.0.0, 255.255.255.254, , , reserved",
        "255.255.255.255, 255.255.255.255, , , broadcast",
        "168.63.129.16, 168.63.129.16, 168.63.129.15, 168.63.129.17, Azure",
        "::, ::, , , unspecified",
        "::1, ::1, , , loopback",
        "::2, ::ffff:ffff, , , IPv4-compatible",
        "64:ff9b:1::, 64:ff9b:1:ffff:ffff:ffff:ffff:ffff, , , local translation",
        "100::, 100::ffff:ffff:ffff:ffff, , , discard",
        "2001::, 2001:0:ffff:ffff:ffff:ffff:ffff:ffff, 2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff, , Teredo",
        "2001:1::, 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff, , 2001:200::, protocol assignments",
        "2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db7:ffff::, 2001:db9::, documentation",
        "2002::, 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2001:ffff::, 2003::, 6to4",
        "3fff::, 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, 3ffe:ffff::, 3fff:1000::, documentation",
        "5f00::, 5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff, , , segment routing",
        "fc00::, fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, , , unique local",
        "fe80::, febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff, , , link-local",
        "fec0::, feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, , , site-local",
        "ff00::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, , , multicast",
        "4000::, 5eff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 3fff:ffff::, , not of global unicast",
        "64:ff9b::10.0.0.0, 64:ff9b::10.255.255.255, 64:ff9b::9.255.255.255, 64:ff9b::11.0.0.0, private"
    })
    void refusesEverySpecialBlockAndSaysWhich(String first, String last, String before, String after, String name)
            throws UnknownHostException {
        assertThat(AddressRule.whyNotPublic(address(first))).contains(name);
        assertThat(AddressRule.whyNotPublic(address(last))).contains(name);
        if (before != null) {
            assertThat(AddressRule.whyNotPublic(address(before))).isNull();
        }
        if (after != null) {
            assertThat(AddressRule.whyNotPublic(address(after))).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"8.8.8.8", "93.184.215.14", "2606:4700:4700::1111", "2a00:1450:4001::1", "64:ff9b::8.8.8.8"})
    void letsPublicAddressesPass(String literal) throws UnknownHostException {
        assertThat(new AddressRule(List.of()).refusal(address(literal))).isNull();
    }

    @Test
    void letsAllowedNetworksPassAndNothingBesideThem() throws UnknownHostException {
        AddressRule rule = new AddressRule(List.of(Network.parse("10.1.2.0/23"), Network.parse("fd00:1::/32")));

        assertThat(rule.refusal(address("10.1.2.0"))).isNull();
        assertThat(rule.refusal(address("10.1.3.255"))).isNull();
        assertThat(rule.refusal(address("fd00:1:ffff::9"))).isNull();
        assertThat(rule.refusal(address("10.1.4.0"))).isEqualTo("10.0.0.0/8, private, RFC 1918");
        assertThat(rule.refusal(address("10.1.1.255"))).isNotNull();
        assertThat(rule.refusal(address("fd00:2::"))).isNotNull();
        assertThat(rule.refusal(address("64:ff9b::10.1.2.0"))).isNotNull();
    }

    @Test
    void takesNetworksOfAllAndOfOneAddress() throws UnknownHostException {
        assertThat(Network.parse("0.0.0.0/0").contains(address("255.1.2.3"))).isTrue();
        assertThat(Network.parse("0.0.0.0/0").contains(address("::1"))).isFalse();
        assertThat(Network.parse("1.2.3.4/32").contains(address("1.2.3.4"))).isTrue();
        assertThat(Network.parse("1.2.3.4/32").contains(address("1.2.3.5"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/8 ",
                "10/8",
                "010.0.0.0/8",
                "0xa.0.0.0/8",
                "10.0.0.1/8",
                "fd00::1/64",
                "fd00::/129",
                "fe80::%eth0/10",
                "[fd00::]/8",
                "localhost/8"
            })
    void refusesNetworksThatAreNotSaidExactly(String network) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageFetcher.builder().addAllowedNetwork(network))
                .withMessageStartingWith("network must look like 10.0.0.0/8 or fd00::/8, was \"" + network + "\"");
    }
}
