using System.Globalization;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>The memory that an agent and its probes hold together now: proportional set size (PSS), in bytes, as the budget counts it.</summary>
internal static class ProportionalSet
{
    public static long Of(AgentUnderTest agent) => agent.Probes.Append(agent.Pid).Sum(Of);

    private static long Of(int pid)
    {
        try
        {
            var pss = File.ReadLines($"/proc/{pid}/smaps_rollup").FirstOrDefault(line => line.StartsWith("Pss:", StringComparison.Ordinal));
            return pss is null ? 0 : long.Parse(pss.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
        }
        catch (IOException)
        {
            return 0; // it ended meanwhile
        }
    }
}
