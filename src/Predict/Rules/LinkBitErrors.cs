using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>The bit error ratio of a link between accelerators, after correction and in its symbols (links that tell it: the fifth generation on).</summary>
internal sealed class LinkBitErrors : IHealthRule
{
    private static readonly Threshold Effective = new("Effective", 1e-12, "", 1e-255, 1, "bit error ratio after correction from which on the link is degraded",
        "DCGM health, NVLink watch: above 1e-12 fails (119)");

    private static readonly Threshold Symbol = new("Symbol", 1e-12, "", 1e-255, 1, "bit error ratio of symbols from which on the link is watched",
        "own: ibdiagnet and the InfiniBand standard take 1e-12; DCGM health fails (121) anything above 15e-238, that is one error ever seen");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "link-bit-errors",
        Title = "Link between accelerators loses bits",
        Doc = "A link between accelerators has more wrong bits than its correction is built for. Packets are sent again, the link gets slower, and it is brought back ever more "
            + "often until that fails.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectFabric),
        Debounce = Delay.Debounce(TimeSpan.FromSeconds(90), "own: two readings of the slow lane, one a minute"),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(10), "own: ten readings of the slow lane in good order; what goes and comes within that is one trouble"),
        HasBootGrace = true,
        ClearedBy = "ten minutes below the limit",
        Probability = new(0.01, 0.05, 0.2),
        ProbabilityOrigin = "NCSA Delta (arXiv 2503.11901): of errors of such links 20 % are terminal; horizons are own",
        Thresholds = [Effective, Symbol],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var (effectiveLimit, symbolLimit) = (subject.Settings[Effective], subject.Settings[Symbol]);
        var links = Math.Max(subject.Device.Instances(SignalId.LinkBitErrorsEffective), subject.Device.Instances(SignalId.LinkBitErrorsSymbol));
        var told = false;
        for (ushort link = 0; link < links; link++)
        {
            var effectiveTold = subject.TryRead(SignalId.LinkBitErrorsEffective, link, verdicts, out var effective);
            var symbolTold = subject.TryRead(SignalId.LinkBitErrorsSymbol, link, verdicts, out var symbol);
            told |= effectiveTold || symbolTold;
            if (effectiveTold && effective > effectiveLimit) verdicts.Add(new Verdict(link, effective, effectiveLimit));
            else if (symbolTold && symbol > symbolLimit)
                verdicts.Add(new Verdict(link, symbol, symbolLimit) { Severity = Severity.Watch, Actions = new(WorkAction.Observe, RepairAction.None) });
        }

        if (!told) verdicts.Withhold();
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var link = (ushort)verdict.Key;
        var (signal, what) = verdict.Severity == Severity.Watch ? (SignalId.LinkBitErrorsSymbol, "of symbols") : (SignalId.LinkBitErrorsEffective, "after correction");
        return new(
            Invariant($"link {link} has a bit error ratio {what} of {verdict.Value:0.#e+0} (limit {verdict.Threshold:0.#e+0})"),
            [subject.Seen(signal, $"bit error ratio {what} of link {link}", verdict.Value, verdict.Threshold, "", link)]);
    }
}
