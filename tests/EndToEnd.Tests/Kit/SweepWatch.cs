namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>
/// How punctually the fast lane sweeps, from the agent's own metrics and stamps alone: a test that is itself given no processor sees less, never more.
/// </summary>
internal sealed class SweepWatch
{
    private readonly AgentUnderTest _agent;
    private readonly Scrape _first;
    private TimeSpan _longest;

    private SweepWatch(AgentUnderTest agent, Scrape first) => (_agent, _first) = (agent, first);

    public static async Task<SweepWatch> BeginAsync(AgentUnderTest agent) => new(agent, await agent.ScrapeAsync());

    /// <summary>How old the oldest newest sample of a device is.</summary>
    public async Task<Scrape> LookAsync()
    {
        var asked = TimeProvider.System.GetUtcNow(); // before the question: what the answer waits for makes no sample older
        var scrape = await _agent.ScrapeAsync();
        var silence = asked - DateTimeOffset.UnixEpoch.AddSeconds(scrape.All("forewarn_device_last_sample_timestamp_seconds").Min());
        if (silence > _longest) _longest = silence;
        return scrape;
    }

    /// <summary>What was seen since the beginning. Turns are counted by the samples' stamps: the lane sweeps on a fixed grid of a second.</summary>
    public async Task<SweepPunctuality> EndAsync()
    {
        var last = await LookAsync();
        var (turns, sweeps) = (Newest(last) - Newest(_first), Sweeps(last) - Sweeps(_first));
        return new(sweeps, Math.Max(0, Math.Round(turns - sweeps)), _longest);
    }

    private static double Newest(Scrape scrape) => scrape.All("forewarn_device_last_sample_timestamp_seconds").Max();

    private static double Sweeps(Scrape scrape) => scrape.One("forewarn_source_sweep_duration_seconds_count", ("group", "fast"));
}

/// <summary>What came of it.</summary>
/// <param name="Sweeps">That were done.</param>
/// <param name="Missed">Turns of the grid without one.</param>
/// <param name="LongestSilence">The oldest that a device's newest sample was seen to be.</param>
internal readonly record struct SweepPunctuality(double Sweeps, double Missed, TimeSpan LongestSilence)
{
    public override string ToString() => $"{Sweeps:0} sweeps, {Missed:0} missed, {LongestSilence.TotalSeconds:0.00} s of silence at most";
}
