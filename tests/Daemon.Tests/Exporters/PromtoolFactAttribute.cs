namespace Forewarn.Daemon.Tests.Exporters;

/// <summary>A test that runs promtool. Skipped where it is not installed, but never with <c>CI=true</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PromtoolFactAttribute : FactAttribute
{
    public PromtoolFactAttribute()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        if (Environment.GetEnvironmentVariable("CI") == "true" || path.Any(folder => File.Exists(Path.Combine(folder, "promtool")))) return;
        Skip = "promtool is not installed (Debian package prometheus)";
    }
}
