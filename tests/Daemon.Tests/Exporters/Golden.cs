namespace Forewarn.Daemon.Tests.Exporters;

/// <summary>Text that is compared with a file of the repository, byte for byte.</summary>
internal static class Golden
{
    /// <summary>Set to 1, the files are written instead of compared.</summary>
    public const string UpdateVariable = "FOREWARN_UPDATE_GOLDEN";

    public static string PathOf(string file) => Path.Combine(Root(), file);

    public static void Matches(string file, string actual)
    {
        var path = PathOf(file);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        var expected = File.Exists(path) ? File.ReadAllText(path) : "";
        if (expected == actual) return;
        var (was, now) = (expected.Split('\n'), actual.Split('\n'));
        var line = 0;
        while (line < was.Length && line < now.Length && was[line] == now[line]) line++;
        Assert.Fail($"""
            {file} differs from line {line + 1} on.
            file: {was.ElementAtOrDefault(line)}
            now:  {now.ElementAtOrDefault(line)}
            If the change is meant, run the tests once with {UpdateVariable}=1 and read the diff.
            """);
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Telemetry.sln"))) directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("Telemetry.sln is not above " + AppContext.BaseDirectory);
    }
}
