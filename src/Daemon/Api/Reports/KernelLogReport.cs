using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Api.Reports;

/// <summary>The kernel log in <c>/v1/node</c>.</summary>
internal sealed record KernelLogReport
{
    /// <summary>Its file, as the agent opens it.</summary>
    public string? Path { get; init; }

    public required SourceState State { get; init; }

    /// <summary>Typed cause; absent while it is read.</summary>
    public NoDataReason? Reason { get; init; }

    /// <summary>One line for a person; absent while it is read.</summary>
    public string? Detail { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>Records read, refused ones too.</summary>
    public required long Records { get; init; }

    /// <summary>Records overwritten before they were read.</summary>
    public required long Lost { get; init; }

    /// <summary>Lines that begin as one that is known and go on otherwise.</summary>
    public required long NotUnderstood { get; init; }
}
