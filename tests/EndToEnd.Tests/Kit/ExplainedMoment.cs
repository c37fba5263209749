using System.Globalization;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>When somebody asks, and of which card.</summary>
/// <param name="Scenario">One of native/scenarios.</param>
/// <param name="Seconds">Since its beginning.</param>
/// <param name="Gpu">The card's index; null for the node itself.</param>
/// <param name="Quiet">
/// For so many seconds the same must be said before it counts: by default longer than the longest debounce that a scenario meets, so that it will
/// still be there in the morning.
/// </param>
internal sealed record ExplainedMoment(string Scenario, int Seconds, int? Gpu, int Quiet = 130)
{
    public static IReadOnlyList<ExplainedMoment> All { get; } =
    [
        new("channel-repair", 40, 7), new("chatty-library", 40, 0), new("crash", 40, null), new("driver-mismatch", 320, 0), new("driver-reload", 32, 0),
        new("driver-upgrade", 70, 0), new("ecc-storm", 185, 2), new("fabric-degraded", 70, 1), new("gpu-lost", 65, 3), new("hang", 40, 5),
        new("healthy", 60, 0), new("jobs", 30, 0), new("library-missing", 60, 0), new("mig-change", 100, 7), new("node-hang", 40, null, Quiet: 60),
        new("nvlink-down", 100, 0), new("nvlink5-ber", 190, 2), new("page-retirement", 100, 1), new("pcie-degraded", 60, 2, Quiet: 280), new("power-brake", 90, 0),
        new("reboot", 40, 3), new("recovery-action", 210, 5), new("reset-required", 40, 4), new("row-remap", 40, 1), new("row-remap-failure", 40, 1),
        new("slow", 110, 4), new("stall-and-recover", 40, 5), new("thermal", 700, 6), new("unbind", 90, 4), new("wrong-readings", 70, 2),
        new("xid-79", 40, 5),
    ];

    public static ExplainedMoment Of(string scenario) => All.Single(moment => moment.Scenario == scenario);

    /// <summary>What is asked about, as it is typed.</summary>
    public string Device => Gpu?.ToString(CultureInfo.InvariantCulture) ?? "node";

    /// <summary>The file of what it is told.</summary>
    public string Golden => $"explain/{Scenario}.txt";
}
