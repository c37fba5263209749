using System.Collections.Frozen;
using System.Text;
using Forewarn.Model;

namespace Forewarn.Predict.History;

/// <summary>
/// What a signal is called in a memory: a checksum of its metric's name and labels, which last; its number does not, since a later version counts
/// otherwise. A test holds that no two of the catalogue are alike.
/// </summary>
internal static class SignalName
{
    private static readonly uint[] Names = [.. SignalCatalog.All.Select(Name)];
    private static readonly FrozenDictionary<uint, SignalId> Ids = SignalCatalog.All.ToFrozenDictionary(signal => Names[(int)signal.Id], signal => signal.Id);

    public static uint Of(SignalId id) => Names[(int)id];

    /// <summary>False when this version knows no such signal.</summary>
    public static bool TryFind(uint name, out SignalId id) => Ids.TryGetValue(name, out id);

    /// <summary>FNV-1a, 32 bits.</summary>
    public static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 2166136261u;
        foreach (var value in bytes) sum = (sum ^ value) * 16777619u;
        return sum;
    }

    private static uint Name(Signal signal)
        => Sum(Encoding.UTF8.GetBytes($"{signal.Family.Name}{{{string.Join(',', signal.Labels.Select(label => $"{label.Key}={label.Value}"))}}}"));
}
