namespace Forewarn.Daemon.Cli;

/// <summary>The page of the runbook that belongs to a rule.</summary>
internal static class RunbookPage
{
    // Where the package puts docs/runbook.
    private const string Folder = "/usr/share/doc/forewarn/runbook";

    public static string Of(string rule) => $"{Folder}/{rule}.md";
}
