using System.Collections.Immutable;
using Forewarn.Controller.Coordination;

namespace Forewarn.Daemon.Recovery;

/// <summary>Where the controller writes what it is about to do, before it does it.</summary>
internal interface IJournal : IDisposable
{
    /// <summary>All lines, read to their end.</summary>
    ControllerState State { get; }

    /// <summary>Writes all of these or none; on the disk when it returns. Throws <see cref="JournalException"/>.</summary>
    void Append(ImmutableArray<JournalEntry> entries);

    /// <summary>The lines of one trouble, and those of looks, in their order.</summary>
    IReadOnlyList<JournalEntry> Of(long incident);
}
