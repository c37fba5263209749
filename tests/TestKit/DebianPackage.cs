namespace Forewarn.TestKit;

/// <summary>Whether a program that a test runs is installed.</summary>
public static class DebianPackage
{
    // Daemons lie in folders that only root's PATH names.
    private static readonly string[] Further = ["/usr/sbin", "/sbin"];

    /// <summary>Why the test cannot run; null where it can, and on a build server, where a package that is missing is a failure.</summary>
    public static string? Missing(string program, string package) => Environment.GetEnvironmentVariable("CI") == "true" || Find(program) is not null
        ? null
        : $"{program} is not installed (Debian package {package})";

    /// <summary>The program's file.</summary>
    public static string Path(string program, string package)
        => Find(program) ?? throw new InvalidOperationException($"{program} is not installed: apt-get install {package}");

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(Further)
        .Select(folder => System.IO.Path.Join(folder, program)).FirstOrDefault(File.Exists);
}
