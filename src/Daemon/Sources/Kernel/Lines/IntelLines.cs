using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel.Lines;

/// <summary>
/// What the drivers of Intel's GPUs, i915 and xe, log: hangs, resets, a card that they gave up on. Nobody published what a hang says of the hardware, and most
/// are a program's: they are <c>reported</c>, with which nobody is called. Sure is what the driver does itself: a reset of xe that it ends or that fails
/// (<c>reset</c>), and a card that takes no work any more (<c>wedged</c>). Wording: Linux, drivers/gpu/drm/i915/gt/intel_reset.c, i915_gpu_error.c,
/// gt/uc/intel_guc_submission.c; drivers/gpu/drm/xe/xe_device.c, xe_gt.c, xe_guc_submit.c, xe_devcoredump.c; tile and GT stand before it since 6.17 or so.
/// </summary>
internal sealed partial class IntelLines : ILineParser
{
    private const string Reported = "reported";
    private const string Reset = "reset";
    private const string Wedged = "wedged";

    /// <summary>By how the driver's words begin, behind the place: what follows may be a name that a process chose.</summary>
    private static readonly (string Begins, string Unit, PrintedSeverity Printed)[] Troubles =
    [
        ("CRITICAL: Xe has declared device ", Wedged, PrintedSeverity.Fatal),
        ("reset failed (", Reset, PrintedSeverity.Fatal),
        ("trying reset from ", Reset, PrintedSeverity.None),
        ("reset started", Reset, PrintedSeverity.None),
        ("reset done", Reset, PrintedSeverity.Corrected),
        ("Engine reset: ", Reported, PrintedSeverity.None),
        ("Engine memory CAT error", Reported, PrintedSeverity.None),
        ("Timedout job: ", Reported, PrintedSeverity.None),
        ("Xe device coredump has been created", Reported, PrintedSeverity.None),
        ("GPU HANG: ecode ", Reported, PrintedSeverity.None),
        ("Resetting ", Reported, PrintedSeverity.None),
        ("Failed to reset chip", Wedged, PrintedSeverity.Fatal),
        ("Failed to initialise HW following reset", Wedged, PrintedSeverity.Fatal),
    ];

    /// <summary>i915 says so before it gives the card up; the name of what took too long stands in front.</summary>
    private const string GaveUp = "timed out, cancelling all in-flight rendering.";

    private const string OfContext = " context reset due to GPU hang";

    public IReadOnlyList<string> Words { get; } = [.. Troubles.Select(trouble => trouble.Begins), GaveUp];

    public KernelNews? Parse(in KernelLine line, KernelDevices devices)
    {
        if (Line().Match(line.Text) is not { Success: true } match) return null;
        var said = match.Text("message");
        if (said.EndsWith(OfContext, StringComparison.Ordinal)) return null; // begins with what a process calls itself
        var known = Array.Find(Troubles, trouble => said.StartsWith(trouble.Begins, StringComparison.Ordinal));
        if (known.Unit is null)
        {
            if (!said.EndsWith(GaveUp, StringComparison.Ordinal)) return null;
            known = (GaveUp, Wedged, PrintedSeverity.Fatal);
        }

        return new()
        {
            Kind = HealthEventKind.DriverTrouble,
            Device = KernelDevices.Address(match.Groups["bdf"].ValueSpan) is { } address ? devices.At(address, KernelDevices.Intel) : null,
            Text = said,
            Detail = new() { Unit = known.Unit, Place = Place(match.Text("gt"), said), Printed = known.Printed },
        };
    }

    /// <summary>The part of the card, then its engine: <c>GT0, rcs</c>.</summary>
    private static string Place(string part, string said)
    {
        var engine = Engine().Match(said).Text("engine");
        return part.Length > 0 && engine.Length > 0 ? $"{part}, {engine}" : part + engine;
    }

    [GeneratedRegex(
        @"^(i915|xe) (?<bdf>[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]): (\[drm\] (\*ERROR\* )?)?(Tile\d{1,3}: )?((?<gt>GT\d{1,3}): )?(?<message>.+)$",
        LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Line();

    [GeneratedRegex(@"^(Engine reset: engine_class=|Engine memory CAT error( \[\d{1,5}\])?: class=|Resetting )(?<engine>[a-z]{2,6}\d{0,2})\b", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Engine();
}
