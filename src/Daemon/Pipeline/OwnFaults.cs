using Forewarn.Predict.States;

namespace Forewarn.Daemon.Pipeline;

/// <summary>What failed in the assessment outside of its rules: defects of ours, counted, and told once each. For the assessment's thread alone.</summary>
internal sealed class OwnFaults
{
    // Own figure: defects are few; one that happens to ever new things is told no more than so often.
    private const int Most = 64;

    private readonly Dictionary<string, RuleFault> _faults = [];

    /// <summary>Sentences for a person, each told when it is taken out.</summary>
    public Queue<string> Untold { get; } = [];

    /// <summary>By what failed.</summary>
    public IReadOnlyDictionary<string, RuleFault> All => _faults;

    /// <summary>Counts one.</summary>
    /// <param name="what">The beginning of a sentence.</param>
    /// <param name="fault">Why it failed.</param>
    public void Take(string what, Exception fault)
    {
        var known = _faults.GetValueOrDefault(what);
        if (known is null && _faults.Count >= Most) return;
        _faults[what] = new RuleFault(known?.Count + 1 ?? 1, fault);
        if (known is null) Untold.Enqueue($"{what} fails: {fault.Message}");
    }
}
