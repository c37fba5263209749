namespace Forewarn.Predict.Rules;

/// <summary>What becomes of what a rule says.</summary>
public enum RuleMode : byte
{
    /// <summary>It counts.</summary>
    On,

    /// <summary>It is told and stored, and changes no state: to see what a rule would do before it may.</summary>
    Observe,

    /// <summary>It is not asked.</summary>
    Off,
}
