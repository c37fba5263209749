using System.Collections.Immutable;
using Forewarn.Daemon.Schedulers;

namespace Forewarn.Daemon.Topology;

/// <summary>Names that the lists of one text may stand for in all: a few lines of a few letters must not fill our memory.</summary>
internal sealed class NameBudget(ComplaintList complaints)
{
    // Own figure: ten thousand nodes, each on many lines.
    private const int Most = 500_000;

    private int _left = Most;

    /// <summary>The names of a list in their order, each once; none and a complaint where it is none.</summary>
    public ImmutableArray<string> Expand(int line, string list)
    {
        var names = HostList.Expand(list);
        if (names is null or { Length: 0 })
        {
            complaints.Add(line, $"\"{list}\" is no list of names");
            return [];
        }

        if (names.Value.Length > _left)
        {
            complaints.Add(line, $"\"{list}\" is left out: the text stands for more than {Most} names");
            return [];
        }

        _left -= names.Value.Length;
        return [.. names.Value.Distinct(StringComparer.Ordinal)];
    }
}
