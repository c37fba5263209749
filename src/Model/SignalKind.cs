namespace Forewarn.Model;

/// <summary>How the values of a signal behave over time.</summary>
public enum SignalKind : byte
{
    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Only grows, until the driver or the card restarts it.</summary>
    Counter,

    /// <summary>0 or 1, or one of a few codes.</summary>
    State,
}
