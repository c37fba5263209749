using Forewarn.Daemon.Doctor;
using Forewarn.Daemon.Doctor.Examination;
using Forewarn.Interop.Nvml;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>One version of library and kernel module, and not one that is known to be too old or too new to be understood.</summary>
internal static class NvmlVersionCheck
{
    public static readonly SourceCheck Check = new("versions", source =>
        Judge(NvmlKernelModule.Read(source.Root), Library(source.Facts)));

    public static readonly SourceCheck Cuda = new("cuda", source => JudgeCuda(source.Facts));

    /// <summary>The first driver with every required function and row remapping (Interop/Nvml/README.md).</summary>
    private const int Oldest = 450;

    /// <summary>The newest public header that the bindings follow (Interop/Nvml/README.md).</summary>
    private const int Newest = 610;

    public static IEnumerable<Finding> Judge(NvmlDriverVersion? module, NvmlDriverVersion? library)
    {
        if (module is { } loaded && library is { } found && loaded != found)
        {
            yield return Finding.Problem(
                $"the library is of {found}, the loaded kernel module of {loaded}",
                "an upgrade was not finished: drain the node, then reboot it, or forewarn release, and reload the module");
        }
        else if (module is not null && library is not null)
        {
            yield return Finding.Ok($"library and kernel module are both {module}");
        }

        if ((module ?? library) is not { } driver) yield break;
        if (driver.Major < Oldest) yield return Finding.Problem($"driver {driver} is too old", $"upgrade it to {Oldest} or later");
        if (driver.Major > Newest)
        {
            yield return Finding.Note(
                $"driver {driver} is newer than {Newest}, the newest that this Forewarn knows", "look for a newer Forewarn; known readings stay right");
        }
    }

    public static IEnumerable<Finding> JudgeCuda(SourceFacts facts)
    {
        if (facts.Of(NvmlFacts.Cuda) is { } cuda) yield return Finding.Ok($"the driver runs programs of CUDA {cuda} and older");
    }

    /// <summary>"12.550.163.01": NVML's own major, then the driver's version; else the file's name tells.</summary>
    private static NvmlDriverVersion? Library(SourceFacts facts)
    {
        var said = facts.Of(FactKeys.LibraryVersion) ?? "";
        var ofFile = facts.Of(FactKeys.File)?.Split(".so.")[^1];
        return NvmlDriverVersion.TryParse(said[(said.IndexOf('.', StringComparison.Ordinal) + 1)..], out var version)
            || NvmlDriverVersion.TryParse(ofFile, out version) ? version : null;
    }
}
