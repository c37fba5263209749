namespace Forewarn.Model;

/// <summary>Base units only; a source converts before it reports.</summary>
public enum SignalUnit : byte
{
    /// <summary>A plain number.</summary>
    None,

    /// <summary>Degrees Celsius.</summary>
    Celsius,

    /// <summary>Watts.</summary>
    Watts,

    /// <summary>Joules.</summary>
    Joules,

    /// <summary>Hertz.</summary>
    Hertz,

    /// <summary>0 to 1.</summary>
    Ratio,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Seconds.</summary>
    Seconds,
}
