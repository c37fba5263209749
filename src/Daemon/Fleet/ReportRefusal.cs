namespace Forewarn.Daemon.Fleet;

/// <summary>Why a report was not taken; by these names refusals are counted.</summary>
internal enum ReportRefusal : byte
{
    /// <summary>Nothing proves who sent it.</summary>
    Unauthenticated,

    /// <summary>It speaks of another node than its sender.</summary>
    OtherNode,

    /// <summary>Before or after it was unpacked.</summary>
    TooLarge,

    /// <summary>No gzip, no JSON, or not of the shape.</summary>
    Malformed,

    /// <summary>Of a version that is not understood.</summary>
    Version,

    /// <summary>A later run of an agent speaks for this node already.</summary>
    Contested,

    /// <summary>Its run was taken further already: played back, or very late.</summary>
    Replayed,

    /// <summary>The same number was taken with something else in it.</summary>
    Conflicting,

    /// <summary>There are as many nodes as can be held.</summary>
    TooManyNodes,

    /// <summary>Its sender comes more often than any agent does.</summary>
    TooOften,
}
