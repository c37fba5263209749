namespace Forewarn.Daemon.Doctor;

/// <summary>The headings; each source has one of its own name beside them.</summary>
internal static class Themes
{
    public const string Program = "Forewarn";

    public const string Controller = "Controller";

    public const string Slurm = "Slurm";

    public const string Jobs = "Jobs";

    public const string Machine = "This machine";
}
