using Forewarn.Model;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>Finds what was read of a service or module of the node.</summary>
internal static class HostParts
{
    /// <summary>Null when nothing was read of it. One that is needed comes before one that is not.</summary>
    public static HostPart? Of(NodeHistory node, HostPartKind kind)
    {
        HostPart? found = null;
        if (node.Host is not { } host) return found;
        foreach (var part in host.Parts)
        {
            if (part.Kind == kind && (found is null || (part.IsNeeded && !found.IsNeeded))) found = part;
        }

        return found;
    }
}
