using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Host;

/// <summary>What one maker's devices need of the node beside their driver. Only a source knows the names.</summary>
/// <param name="ProcessPrefixes">How the names of the driver's and its tools' processes begin.</param>
/// <param name="Parts">Services and modules.</param>
internal sealed record HostWatch(IReadOnlyList<string> ProcessPrefixes, IReadOnlyList<HostPartWatch> Parts);

/// <summary>A service or module to look for.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Name">As an operator types it.</param>
/// <param name="Processes">Names of its processes as the kernel keeps them (15 characters); empty for a module.</param>
/// <param name="Modules">Names of its module; empty for a service.</param>
/// <param name="IsNeeded">From the directory that stands for <c>/</c>: whether hardware or configuration asks for it. Asked seldom.</param>
internal sealed record HostPartWatch(
    HostPartKind Kind, string Name, IReadOnlyList<string> Processes, IReadOnlyList<string> Modules, Func<string, bool> IsNeeded);
