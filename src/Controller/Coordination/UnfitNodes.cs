using System.Collections.Immutable;

namespace Forewarn.Controller.Coordination;

/// <summary>Nodes that ask by their own state that work leaves them, unless a person says otherwise.</summary>
internal sealed class UnfitNodes
{
    private readonly ControllerState _state;

    public UnfitNodes(Desk desk)
    {
        _state = desk.State;
        Names = [.. _state.Open.Where(incident => Places.Asks(incident) && !desk.IsPeoples(incident.Node, incident.Opened)).Select(static incident => incident.Node)];
        Wired = [.. Names.Order(StringComparer.Ordinal).Select(node => (node, desk.View.Graph.Find(node))).Where(static one => one.Item2 >= 0)];
    }

    public ImmutableHashSet<string> Names { get; }

    /// <summary>Those of which it is known how they are wired, by name, with their numbers in the graph.</summary>
    public ImmutableArray<(string Node, int Place)> Wired { get; }

    /// <summary>Nothing that they hang on is otherwise in this state.</summary>
    public bool IsOf(ControllerState state) => ReferenceEquals(state.Incidents, _state.Incidents) && ReferenceEquals(state.Kept, _state.Kept) && ReferenceEquals(state.Drains, _state.Drains);
}
