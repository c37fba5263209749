using Forewarn.EndToEnd.Tests.Kit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>A B200 node: its links count what NVLink 5 counts, and not what older ones did.</summary>
public sealed class BlackwellTests
{
    [Fact]
    public async Task Links_of_the_fifth_generation_have_their_own_counters_and_none_of_the_old()
    {
        await using var agent = await AgentUnderTest.StartAsync("b200-8", "Sampling.Slow=2s");
        await agent.UntilAllMeasuredAsync();
        Scrape? scrape = null;
        await TestKit.Eventually.TrueAsync(
            async () => (scrape = await agent.ScrapeAsync()).All("forewarn_device_peer_topology", ("index", "7")).Count == 7, TimeSpan.FromSeconds(10), "the last group of the last card is read");

        Assert.Equal(18, scrape!.All("forewarn_link_errors_total", ("index", "0"), ("kind", "symbol")).Count);
        Assert.Equal(18, scrape.All("forewarn_link_bit_error_ratio", ("index", "0"), ("kind", "effective")).Count);
        Assert.All(scrape.All("forewarn_link_bit_error_ratio"), ratio => Assert.InRange(ratio, 0, 1e-4));
        Assert.Equal(18 * 16, scrape.All("forewarn_link_fec_codewords_total", ("index", "0")).Count);
        Assert.Equal(18, scrape.All("forewarn_link_recoveries_total", ("index", "0"), ("outcome", "successful")).Count);
        Assert.All(scrape.All("forewarn_link_generation"), generation => Assert.Equal(5, generation));
        Assert.Equal(36, scrape.All("forewarn_link_bytes_total", ("index", "0")).Count);
        Assert.Equal(8, scrape.All("forewarn_device_recovery_action").Count);
        foreach (var kind in (string[])["replay", "recovery", "crc_flit", "crc_data", "ecc_data"])
            Assert.Empty(scrape.All("forewarn_link_errors_total", ("kind", kind)));
    }
}
