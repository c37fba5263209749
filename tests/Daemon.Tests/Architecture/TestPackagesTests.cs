using System.Text.RegularExpressions;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Architecture;

/// <summary>On a build server a test whose package is missing fails: so what installs packages there must know each of them.</summary>
public partial class TestPackagesTests
{
    [Fact]
    public void Every_package_that_a_test_names_is_installed_before_the_tests()
    {
        var installed = File.ReadLines(Path.Join(Repository.Root, "eng/test-packages.txt")).Select(line => line.Trim()).ToHashSet();
        var named = Directory.EnumerateFiles(Path.Join(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Named().Matches(File.ReadAllText(file))).Select(match => match.Groups["package"].Value).Distinct().ToList();
        Assert.Contains("slurmctld", named);
        Assert.All(named, package => Assert.Contains(package, installed));
    }

    [GeneratedRegex("""(?:Debian(?:Fact|Theory)|DebianPackage\.Path)\("[a-z-]+", "(?<package>[a-z0-9-]+)"[,)]""", RegexOptions.NonBacktracking)]
    private static partial Regex Named();
}
