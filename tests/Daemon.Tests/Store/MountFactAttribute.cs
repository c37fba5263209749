using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Store;

/// <summary>A test with a file system of its own. Never left out where CI=true, since there root can be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MountFactAttribute : FactAttribute
{
    public MountFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true") Skip = SmallDisk.Missing;
    }
}
