namespace Forewarn.TestKit;

/// <summary>The source tree that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException($"No Telemetry.sln above {AppContext.BaseDirectory}: the tests run inside the source tree."),
        _ when File.Exists(Path.Combine(folder.FullName, "Telemetry.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
