using Forewarn.Daemon.Probes.Frames;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>One call group and the code that reads it.</summary>
/// <param name="CallGroup">Name and rate.</param>
/// <param name="Read">Reads it from one GPU.</param>
internal sealed record NvmlReader(CallGroup CallGroup, Action<NvmlSource, NvmlTarget, SampleFrame> Read);
