using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>Memory errors that could not be corrected since the driver was loaded, by where they were. The counters stand until the next reset.</summary>
internal sealed class EccUncorrected : IHealthRule
{
    private const long Elsewhere = 0;
    private const long Sram = 100;

    private static readonly (SignalId Signal, string Name)[] Places =
    [
        (SignalId.EccUncorrectedDram, "device memory"),
        (SignalId.EccUncorrectedL1Cache, "the L1 cache"),
        (SignalId.EccUncorrectedL2Cache, "the L2 cache"),
        (SignalId.EccUncorrectedRegisterFile, "the register file"),
        (SignalId.EccUncorrectedTexture, "texture memory"),
        (SignalId.EccUncorrectedControl, "control logic"),
    ];

    private static readonly Threshold Least = new("Least", 1, "", 1, 1e6, "uncorrectable errors in one kind of memory since the driver was loaded",
        "DCGM health, memory watch: any volatile double-bit error fails the card; GCM and AzNHC the same");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "ecc-uncorrected",
        Title = "Uncorrectable memory errors",
        Doc = "Memory lost data since the driver was loaded. The process that read it was ended, or the card contained the error; the bad row, if it was "
            + "one, is replaced by a spare at the next reset. Until then the next access there may fail again.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.ResetDevice),
        Latch = Latch.Reset,
        ClearedBy = "a reset of the card or a reload of its driver, after which the counter is 0",
        Probability = new(0.01, 0.05, 0.1),
        ProbabilityOrigin = "own, after NCSA Delta (arXiv 2503.11901): replacing rows and containing errors mitigates 92 % of uncorrectable errors on H100",
        Thresholds = [Least],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var least = subject.Settings[Least];
        var told = false;
        var (located, onChip) = (0.0, 0.0);
        for (var i = 0; i < Places.Length; i++)
        {
            if (!subject.TryRead(Places[i].Signal, 0, verdicts, out var errors)) continue;
            told = true;
            located += errors;
            if (i > 0) onChip += errors;
            Hold(1 + i, errors, least, verdicts);
        }

        // The sum over on-chip memory, and that over all: what is in no place above is told there and not twice.
        if (subject.TryRead(SignalId.EccUncorrectedSram, 0, verdicts, out var sram))
        {
            told = true;
            located += Math.Max(0, sram - onChip);
            Hold(Sram, sram - onChip, least, verdicts);
        }

        if (subject.TryRead(SignalId.EccUncorrected, 0, verdicts, out var all))
        {
            told = true;
            Hold(Elsewhere, all - located, least, verdicts);
        }

        if (!told) verdicts.Withhold();
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var (signal, place) = verdict.Key switch
        {
            Elsewhere => (SignalId.EccUncorrected, "memory"),
            Sram => (SignalId.EccUncorrectedSram, "on-chip memory"),
            _ => Places[verdict.Key - 1],
        };
        return new(
            Invariant($"{Counted.Of(verdict.Value, "uncorrectable error")} in {place} since the driver was loaded (limit {verdict.Threshold:0})"),
            [subject.Seen(signal, $"uncorrectable errors in {place}", verdict.Value, verdict.Threshold)]);
    }

    private static void Hold(long key, double errors, double least, Verdicts verdicts)
    {
        if (errors >= least) verdicts.Add(new Verdict(key, errors, least));
    }
}
