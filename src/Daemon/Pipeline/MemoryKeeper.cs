using System.Buffers;
using System.Collections.Immutable;
using Forewarn.Predict.History;

namespace Forewarn.Daemon.Pipeline;

/// <summary>Knows what was last kept of each history, so that only what changed is kept again.</summary>
internal sealed class MemoryKeeper(IReadOnlyDictionary<string, byte[]> stored)
{
    private readonly Dictionary<string, byte[]> _kept = new(stored);
    private readonly ArrayBufferWriter<byte> _writer = new();
    private readonly MemoryScratch _scratch = new();

    /// <summary>By device id; empty when nothing changed.</summary>
    public ImmutableDictionary<string, byte[]> Changed(NodeHistory node)
    {
        var changed = ImmutableDictionary<string, byte[]>.Empty;
        foreach (var history in node.Devices.Append(node.Self))
        {
            var id = history.Device.Id.Value;
            _writer.ResetWrittenCount();
            history.Save(_writer, _scratch);
            if (_kept.TryGetValue(id, out var before) && _writer.WrittenSpan.SequenceEqual(before)) continue;
            _kept[id] = _writer.WrittenSpan.ToArray();
            changed = changed.Add(id, _kept[id]);
        }

        return changed;
    }

    /// <summary>All that is kept, devices that have not shown up among them: for who has lost it.</summary>
    public ImmutableDictionary<string, byte[]> All(NodeHistory node)
    {
        Changed(node);
        return _kept.ToImmutableDictionary();
    }
}
