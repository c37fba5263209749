using System.Collections.Immutable;

namespace Forewarn.Model;

/// <summary>What a logged line says of where and what, taken apart. Nothing here is needed to know that it happened.</summary>
public sealed record EventDetail
{
    /// <summary>The link's number; −1 where there is none.</summary>
    public int Link { get; init; } = -1;

    /// <summary>The process that was on the device; 0 when the line names none.</summary>
    public int Pid { get; init; }

    /// <summary>That process's name; "" when the line names none.</summary>
    public string Process { get; init; } = "";

    /// <summary>The unit that reported it: a sub-unit of the link, the bus layer, the memory controller's slot, a function of a driver.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Where in the chip: <c>GPC 7, TPC 7, SM 0</c>; a memory row; "" when not told.</summary>
    public string Place { get; init; } = "";

    /// <summary>Registers as printed, in their order.</summary>
    public ImmutableArray<uint> Registers { get; init; } = [];

    /// <summary>The word for how grave it is that the line itself has; None when it has none.</summary>
    public PrintedSeverity Printed { get; init; }

    /// <summary>The earlier error that the line names as its cause; 0 when it names none.</summary>
    public int CausedBy { get; init; }

    /// <summary>The driver's advice before, where the line tells of its change; −1 else. Codes as the vendor's.</summary>
    public int AdviceBefore { get; init; } = -1;

    /// <summary>The driver's advice now; −1 where the line is of something else.</summary>
    public int Advice { get; init; } = -1;

    /// <summary>The line says that the device must be reset before further work; null when it says nothing of it.</summary>
    public bool? NeedsReset { get; init; }

    /// <summary>The line says that the device must be drained and then reset; null when it says nothing of it.</summary>
    public bool? NeedsDrain { get; init; }

    /// <summary>The line was caused on purpose, by an injection; the vendor's own flag.</summary>
    public bool Injected { get; init; }

    /// <summary>Instance of the part of a card (MIG: GPU instance); −1 for the whole.</summary>
    public int Instance { get; init; } = -1;

    /// <summary>Compute instance within that; −1 for none.</summary>
    public int ComputeInstance { get; init; } = -1;
}
