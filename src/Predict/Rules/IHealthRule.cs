namespace Forewarn.Predict.Rules;

/// <summary>
/// One failure that can be told from what was read. A rule has no state and no clock: what it needs to remember is in the history, and what
/// lasts (debounce, latch, clearing) is the ledger's.
/// </summary>
public interface IHealthRule
{
    /// <summary>What the rule is, for whom reads about it and for the ledger.</summary>
    RuleSheet Sheet { get; }

    /// <summary>
    /// Adds a verdict for each thing that holds now; what is not added does not hold. Says <see cref="Verdicts.Withhold()"/> when nothing
    /// could be read that would tell: then what holds stays. Runs after every fast sample of the device, so it allocates nothing.
    /// </summary>
    void Evaluate(in Subject subject, Verdicts verdicts);

    /// <summary>Puts a verdict into words; only when it is raised or has changed.</summary>
    Wording Word(in Subject subject, in Verdict verdict);
}
