namespace Forewarn.Model;

/// <summary>What an adapter's driver says of the state of one of its ports, as <see cref="EventDetail.Unit"/> has it: the word, then the port. It lasts until the opposite is said.</summary>
public static class PortState
{
    /// <summary>The port has no link.</summary>
    public const string LinkDown = "link down";

    /// <summary>The port has a link.</summary>
    public const string LinkUp = "link up";

    /// <summary>A module or cable was pulled.</summary>
    public const string Unplugged = "unplugged";

    /// <summary>A module or cable was found.</summary>
    public const string Plugged = "plugged";

    /// <summary>The unit of an event that says so of this port, which may have no name.</summary>
    public static string Of(string state, string port) => port.Length == 0 ? state : $"{state} {port}";

    /// <summary>True when the unit says that something is missing at a port.</summary>
    public static bool IsMissing(string unit) => Port(unit, LinkDown) is not null || Port(unit, Unplugged) is not null;

    /// <summary>True when the second says that the first is over, at the same port.</summary>
    public static bool IsEnd(string missing, string there)
        => (Port(missing, LinkDown) is { } link && Port(there, LinkUp) == link) || (Port(missing, Unplugged) is { } module && Port(there, Plugged) == module);

    private static string? Port(string unit, string state)
        => !unit.StartsWith(state, StringComparison.Ordinal) ? null : unit.Length == state.Length ? "" : unit[state.Length] == ' ' ? unit[(state.Length + 1)..] : null;
}
