using Xunit;

namespace Forewarn.TestKit;

/// <summary>A test with a program of a Debian package that eng/test-packages.txt names. Skipped where it is not installed, but with <c>CI=true</c> it fails there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DebianFactAttribute : FactAttribute
{
    public DebianFactAttribute(string program, string package) => Skip = DebianPackage.Missing(program, package);
}

/// <summary>The same with several sets of data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DebianTheoryAttribute : TheoryAttribute
{
    public DebianTheoryAttribute(string program, string package) => Skip = DebianPackage.Missing(program, package);
}
