namespace Forewarn.Daemon.Pipeline;

/// <summary>What one process of ours costs. Immutable; measured by the self meter.</summary>
/// <param name="Process">Label: <c>agent</c>, <c>probe-nvml</c>, <c>probe-nvml-0000:18:00.0</c>.</param>
/// <param name="Pid">Process id.</param>
/// <param name="CpuSeconds">User and system time since its start.</param>
/// <param name="PssBytes">Proportional set size; 0 when unreadable.</param>
/// <param name="AllocatedBytes">Managed bytes allocated since its start.</param>
/// <param name="Collections">Garbage collections since its start.</param>
internal readonly record struct ProcessUsage(string Process, int Pid, double CpuSeconds, long PssBytes, long AllocatedBytes, long Collections);
