namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>A test with a program of a Debian package. Skipped where it is not installed, but never with <c>CI=true</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DebianFactAttribute : FactAttribute
{
    public DebianFactAttribute(string program, string package) => Skip = Missing(program, package);

    public static string? Missing(string program, string package)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        return Environment.GetEnvironmentVariable("CI") == "true" || path.Any(folder => File.Exists(Path.Combine(folder, program)))
            ? null
            : $"{program} is not installed (Debian package {package})";
    }
}

/// <summary>The same with several sets of data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DebianTheoryAttribute : TheoryAttribute
{
    public DebianTheoryAttribute(string program, string package) => Skip = DebianFactAttribute.Missing(program, package);
}
