using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Architecture;

/// <summary>Every figure in a README comes from `make bench`: bench/measure/quote.py writes them from the newest results, whole blocks with their verdicts.</summary>
public class PublishedFiguresTests
{
    [DebianFact("python3", "python3")]
    public async Task Figures_stand_in_the_newest_results()
    {
        await using var quote = await RealProgram.RunAsync("python3", [Path.Combine(Repository.Root, "bench/measure/quote.py"), "--check"], "", TimeSpan.FromMinutes(1));
        Assert.True(await quote.Ended == 0, quote.Errors);
    }
}
