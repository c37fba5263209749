namespace Forewarn.Daemon.Configuration;

/// <summary>A setting from the command line: the option as it is typed, and "Section.Key=Value".</summary>
internal sealed record ConfigurationOverride(string Option, string Assignment)
{
    /// <summary>What --set takes.</summary>
    public static ConfigurationOverride Set(string assignment) => new("--set", assignment);

    /// <summary>The last dot before the equals sign ends the section: Source.nvml.Library=/x.</summary>
    internal bool TryRead(out IniEntry entry)
    {
        var equals = Assignment.IndexOf('=');
        var dot = equals < 1 ? -1 : Assignment.LastIndexOf('.', equals - 1);
        var good = dot > 0 && dot < equals - 1;
        entry = good
            ? new(new(Option), Assignment[..dot].Trim(), Assignment[(dot + 1)..equals].Trim(), Assignment[(equals + 1)..].Trim())
            : new(new(Option), "", "", "");
        return good;
    }
}
