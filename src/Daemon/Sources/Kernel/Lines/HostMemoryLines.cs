using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel.Lines;

/// <summary>
/// The host's memory: EDAC's counts by module (<c>EDAC MC0: 3 CE … on DIMM …</c>), and pages that the kernel took out of use after an uncorrected
/// error. Code: 0 corrected, 1 uncorrected. Wording: Linux, drivers/edac/edac_mc.c and mm/memory-failure.c.
/// </summary>
internal sealed partial class HostMemoryLines : ILineParser
{
    public IReadOnlyList<string> Words { get; } = ["EDAC MC", "Memory failure: 0x"];

    public KernelNews? Parse(in KernelLine line, KernelDevices devices)
    {
        if (Edac().Match(line.Text) is { Success: true } edac)
        {
            var isCorrected = edac.Text("kind") == "CE";
            return new()
            {
                Kind = HealthEventKind.HostHardwareError,
                Code = isCorrected ? 0 : 1,
                Count = Math.Max(1, edac.Number("count", 1)),
                Text = $"host memory {edac.Text("controller")}: {edac.Number("count", 1)} {(isCorrected ? "corrected" : "uncorrected")}: {edac.Text("message").Trim()} on {edac.Text("module")}",
                Detail = new()
                {
                    Unit = $"{edac.Text("controller")} {edac.Text("module")}",
                    Place = edac.Text("place"),
                    Printed = isCorrected ? PrintedSeverity.Corrected : PrintedSeverity.NonFatal,
                },
            };
        }

        if (Page().Match(line.Text) is not { Success: true } page) return null;
        return new()
        {
            Kind = HealthEventKind.HostHardwareError,
            Code = 1,
            Text = $"host memory page {page.Text("pfn")} failed: {page.Text("message")}",
            Detail = new() { Unit = "page", Place = page.Text("pfn"), Printed = PrintedSeverity.NonFatal },
        };
    }

    [GeneratedRegex(
        @"^EDAC (?<controller>MC\d+): (?<count>\d+) (?<kind>CE|UE) (?<message>.*?)on (?<module>.+?) \((?<place>[^)]*)\)?", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Edac();

    // The lines before it ("Sending SIGBUS to …") are of the same page.
    [GeneratedRegex(@"^Memory failure: (?<pfn>0x[0-9a-fA-F]+): (?<message>recovery action for .*)$", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Page();
}
