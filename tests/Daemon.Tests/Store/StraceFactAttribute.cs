namespace Forewarn.Daemon.Tests.Store;

/// <summary>A test that runs strace. Skipped where it is not installed, but never with <c>CI=true</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class StraceFactAttribute : FactAttribute
{
    public StraceFactAttribute()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        if (Environment.GetEnvironmentVariable("CI") == "true" || path.Any(folder => File.Exists(Path.Combine(folder, "strace")))) return;
        Skip = "strace is not installed (Debian package strace)";
    }
}
