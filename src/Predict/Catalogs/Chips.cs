namespace Forewarn.Predict.Catalogs;

/// <summary>The products that NVIDIA's catalogue has a column for; a neighbour of the same generation is like them.</summary>
[Flags]
public enum Chips : byte
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>Ampere.</summary>
    A100 = 1,

    /// <summary>Hopper.</summary>
    H100 = 2,

    /// <summary>Blackwell.</summary>
    B100 = 4,

    /// <summary>Grace and Blackwell.</summary>
    GB200 = 8,

    /// <summary>Ampere and Hopper: NVLink 3 and 4.</summary>
    BeforeBlackwell = A100 | H100,

    /// <summary>Both Blackwells: NVLink 5.</summary>
    Blackwell = B100 | GB200,

    /// <summary>From Hopper on.</summary>
    FromHopper = H100 | Blackwell,

    /// <summary>All but Grace boards, which take no power from connectors.</summary>
    Boards = A100 | H100 | B100,

    /// <summary>All of them.</summary>
    All = A100 | FromHopper,
}
