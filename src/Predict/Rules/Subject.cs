using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>What a rule is asked about, and when.</summary>
/// <param name="Device">The device; for a rule of the node, the node itself.</param>
/// <param name="Node">The node with all its devices.</param>
/// <param name="Settings">What the site set for this rule.</param>
/// <param name="Now">The time that the question is about; it never runs backwards.</param>
public readonly record struct Subject(DeviceHistory Device, NodeHistory Node, RuleSettings Settings, DateTimeOffset Now);
