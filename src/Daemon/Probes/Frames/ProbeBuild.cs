using System.Globalization;
using System.Numerics;
using System.Reflection;
using Forewarn.Model;

namespace Forewarn.Daemon.Probes.Frames;

/// <summary>
/// Of which build a program is. Agent and probe are two files of a package, and of an upgrade that stopped half way one may be old: then a number in a
/// frame can stand for another signal than the reader believes.
/// </summary>
/// <param name="Version">Of the program.</param>
/// <param name="Numbers">CRC-32C of the frames' form and of the names of all that they name by number; equal where both mean the same.</param>
internal readonly record struct ProbeBuild(string Version, uint Numbers)
{
    // To be counted up with every change of what stands where in a frame.
    private const string Form = "form 2";

    /// <summary>Of this program.</summary>
    public static ProbeBuild Own { get; } = new(
        typeof(ProbeBuild).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
        Checksum([
            Form, .. Enum.GetNames<SignalId>(), .. Enum.GetNames<SampleGroup>(), .. Enum.GetNames<NoDataReason>(), .. Enum.GetNames<HealthEventKind>(),
            .. Enum.GetNames<DeviceProcessKind>(), .. Enum.GetNames<FrameType>(),
        ]));

    /// <summary>The same in every build that has these names in this order.</summary>
    public static uint Checksum(IEnumerable<string> names)
    {
        var crc = uint.MaxValue;
        foreach (var name in names)
        {
            foreach (var letter in name) crc = BitOperations.Crc32C(crc, letter);
            crc = BitOperations.Crc32C(crc, (byte)0); // so that two names are not one
        }

        return ~crc;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Version} ({Numbers:x8})");
}
