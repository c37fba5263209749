using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Api;

/// <summary>Text that a person has looked at once. FOREWARN_UPDATE_GOLDEN=1 writes what came out; look at the diff then.</summary>
internal static class Golden
{
    public static void Matches(string file, string actual)
    {
        var path = Path.Combine(Repository.Root, "tests/Daemon.Tests", file);
        if (Environment.GetEnvironmentVariable("FOREWARN_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"{path} is not there");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
