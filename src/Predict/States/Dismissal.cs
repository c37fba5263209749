using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.States;

/// <summary>An operator's word that a finding is not to be told, until its cause goes or grows worse.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Key">Which of several alike.</param>
/// <param name="At">When.</param>
/// <param name="Value">The number then.</param>
/// <param name="Threshold">What it was held against.</param>
/// <param name="Severity">How grave it was.</param>
/// <param name="Why">The operator's reason.</param>
public sealed record Dismissal(string Rule, long Key, DateTimeOffset At, double Value, double Threshold, Severity Severity, string Why)
{
    // Own figure: a temperature moves by a few degrees, and an operator who has looked does not want to look again; a count that doubles is news.
    private const double Further = 0.5;

    /// <summary>Graver; or seen again, where the rule says when; or half as far again from its threshold.</summary>
    internal bool IsOutgrownBy(in Verdict verdict, Severity severity)
    {
        if (severity > Severity) return true;
        if (verdict.Last is { } last) return last > At;
        var distance = Value - Threshold;
        return Math.Abs(distance) * Further < (verdict.Value - Value) * Math.Sign(distance);
    }
}
