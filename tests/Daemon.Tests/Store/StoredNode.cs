using Forewarn.Daemon.Api;
using Forewarn.Daemon.Store;
using Forewarn.Daemon.Tests.Api;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Store;

/// <summary>The real store in a folder of its own, and the endpoints over it.</summary>
internal sealed class StoredNode : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>In this directory; by default in one of its own.</summary>
    public StoredNode(string? directory = null, TimeProvider? time = null, HandMadeNode? node = null)
    {
        var clock = time ?? TimeProvider.System;
        File = new EventStoreFile(directory ?? _folder.Path, NullLogger.Instance, clock) { Moved = (_, aside) => Aside.Add(aside) };
        // The events of these tests are of one day, however long ago that is.
        Writer = new EventWriter(File.Open, Stream, TimeSpan.FromDays(36500), clock, NullLogger.Instance);
        LastId = Writer.Recall().LastId;
        Endpoints = new EventEndpoints((node ?? new HandMadeNode()).View, Writer, Stream, clock);
    }

    public EventStoreFile File { get; }

    public EventStream Stream { get; } = new();

    public EventWriter Writer { get; }

    public EventEndpoints Endpoints { get; }

    public List<string> Aside { get; } = [];

    public long LastId { get; private set; }

    /// <summary>Posts so many, with the numbers that are next; the code is the number.</summary>
    public void Post(int count = 1, string? text = null)
    {
        for (var i = 0; i < count; i++)
        {
            LastId++;
            Writer.Post(SomeEvents.Batch((LastId, SomeEvents.Xid(LastId) with { Text = text ?? $"Xid {LastId}", FirstSeen = SomeEvents.Noon, LastSeen = SomeEvents.Noon, AlsoSeenBy = [], Raw = "" })));
        }
    }

    public void Dispose()
    {
        Stream.Complete();
        Writer.Dispose();
        _folder.Dispose();
    }
}
