using Forewarn.Daemon.Doctor;
using Forewarn.Daemon.Doctor.Examination;
using Forewarn.Daemon.Probes;

namespace Forewarn.Daemon.Sources;

/// <summary>What a source brings to <c>forewarn doctor</c>.</summary>
/// <param name="Examine">
/// Asks the library once, in a process of its own: announces each call, and writes down each answer before the next call.
/// </param>
/// <param name="LossOf">What is not read where the library lacks this function; null for a function that the source does not know.</param>
/// <param name="Checks">What is to be judged of this vendor's devices alone.</param>
/// <param name="Rivals">Processes that read the same devices; one that asks often slows the driver for everybody.</param>
internal sealed record SourceDoctor(
    Action<ProbeSettings, CallGuard, FactWriter> Examine,
    Func<string, SymbolLoss?> LossOf,
    IReadOnlyList<SourceCheck> Checks,
    IReadOnlyList<Rival> Rivals);

/// <summary>A program that asks the same driver, by the kernel's name of its process (at most 15 characters).</summary>
/// <param name="Process">Its name.</param>
/// <param name="Argument">Only with this argument, such as a loop; null with any.</param>
/// <param name="Advice">What follows from it.</param>
internal sealed record Rival(string Process, string? Argument, string Advice);
