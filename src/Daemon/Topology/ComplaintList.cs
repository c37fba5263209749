using System.Collections.Immutable;

namespace Forewarn.Daemon.Topology;

/// <summary>Complaints about one text while it is read: bounded in number and length, fit for a terminal.</summary>
internal sealed class ComplaintList(string where)
{
    // Own figures: whoever has mended a hundred lines asks again, and a line that is no topology at all need not be repeated whole.
    private const int Most = 100;
    private const int MostCharacters = 240;

    private readonly List<TopologyComplaint> _complaints = [];
    private int _more;

    /// <summary>Names a line (0: the text as a whole) and what is wrong with it.</summary>
    public void Add(int line, string what)
    {
        if (_complaints.Count == Most) _more++;
        else _complaints.Add(new(where, line, Shown(what)));
    }

    /// <summary>In the order of lines; when there were too many, the last says how many are left out.</summary>
    public ImmutableArray<TopologyComplaint> All()
    {
        var sorted = _complaints.OrderBy(complaint => complaint.Line);
        return _more == 0 ? [.. sorted] : [.. sorted, new(where, 0, $"{_more} more")];
    }

    private static string Shown(string what)
    {
        var text = what.Length <= MostCharacters ? what : what[..MostCharacters] + "…";
        return text.Any(char.IsControl) ? string.Concat(text.Select(one => char.IsControl(one) ? '?' : one)) : text;
    }
}
