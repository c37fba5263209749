namespace Forewarn.Controller.Incidents;

/// <summary>What a node has in common with others; what is not known is empty and shared with nobody.</summary>
/// <param name="Driver">Version of its driver.</param>
/// <param name="Leaf">Its leaf switch.</param>
/// <param name="Rack">Its rack.</param>
/// <param name="Power">What feeds it.</param>
public sealed record NodeKinship(string Driver = "", string Leaf = "", string Rack = "", string Power = "")
{
    /// <summary>What the two share, each as <c>what value</c>.</summary>
    public IEnumerable<string> Shared(NodeKinship other) => All.Zip(other.All)
        .Where(pair => pair.First.Value.Length > 0 && pair.First.Value == pair.Second.Value)
        .Select(pair => $"{pair.First.What} {pair.First.Value}");

    private IEnumerable<(string What, string Value)> All => [("driver", Driver), ("leaf", Leaf), ("rack", Rack), ("power", Power)];
}
