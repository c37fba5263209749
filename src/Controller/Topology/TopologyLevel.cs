using System.Globalization;

namespace Forewarn.Controller.Topology;

/// <summary>How far apart two nodes are: the level of what they have in common. Trees higher than four levels go on counting.</summary>
public static class TopologyLevel
{
    /// <summary>The same node.</summary>
    public const int Node = 0;

    /// <summary>The same scale-up domain: devices reach each other without the network.</summary>
    public const int Domain = 1;

    /// <summary>The same leaf switch, or the same set of rails.</summary>
    public const int Leaf = 2;

    /// <summary>The same spine.</summary>
    public const int Spine = 3;

    /// <summary>The same core.</summary>
    public const int Core = 4;

    /// <summary>The level in words.</summary>
    public static string NameOf(int level) => level switch
    {
        Node => "node",
        Domain => "scale-up domain",
        Leaf => "leaf",
        Spine => "spine",
        Core => "core",
        _ => "tier " + level.ToString(CultureInfo.InvariantCulture),
    };
}
