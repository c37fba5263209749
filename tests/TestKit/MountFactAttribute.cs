using Xunit;

namespace Forewarn.TestKit;

/// <summary>A test with a file system of its own. Never left out where CI=true, since there root can be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MountFactAttribute : FactAttribute
{
    public MountFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true") Skip = SmallDisk.Missing;
    }
}
