using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>Texts that a person has looked at once, in files of the repository.</summary>
internal static class GoldenText
{
    /// <summary>FOREWARN_UPDATE_GOLDEN=1: they are written anew, and whoever did it reads the diff.</summary>
    public static bool IsWritten { get; } = Environment.GetEnvironmentVariable("FOREWARN_UPDATE_GOLDEN") == "1";

    public static string Read(string file) => File.Exists(PathOf(file)) ? File.ReadAllText(PathOf(file)) : "";

    public static void Write(string file, string text) => File.WriteAllText(PathOf(file), text);

    private static string PathOf(string file) => Path.Combine(Repository.Root, "tests", "EndToEnd.Tests", "golden", file);
}
