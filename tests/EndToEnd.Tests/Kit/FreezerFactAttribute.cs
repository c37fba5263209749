using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>A test that needs the freezer; never left out where CI=true, since there a machine that has it can be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FreezerFactAttribute : FactAttribute
{
    public FreezerFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true") Skip = Freezer.Missing;
    }
}
