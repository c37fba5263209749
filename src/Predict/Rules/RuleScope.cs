namespace Forewarn.Predict.Rules;

/// <summary>What a rule is asked about.</summary>
public enum RuleScope : byte
{
    /// <summary>Each whole device, one after the other.</summary>
    Device,

    /// <summary>The node, once.</summary>
    Node,
}
