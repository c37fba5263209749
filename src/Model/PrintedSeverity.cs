namespace Forewarn.Model;

/// <summary>How grave a logged line calls itself.</summary>
public enum PrintedSeverity : byte
{
    /// <summary>It does not say.</summary>
    None,

    /// <summary>Mended by the hardware.</summary>
    Corrected,

    /// <summary>Not mended, but work may go on.</summary>
    NonFatal,

    /// <summary>Work cannot go on.</summary>
    Fatal,
}
