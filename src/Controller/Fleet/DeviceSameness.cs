using System.Collections.Immutable;
using Forewarn.Controller.Reports;

namespace Forewarn.Controller.Fleet;

/// <summary>Whether a device says what it said before: most do, and then what was kept stays where it is.</summary>
internal static class DeviceSameness
{
    /// <summary>In every field.</summary>
    public static bool IsSame(ReportedDevice one, ReportedDevice other)
        => (one with { Jobs = other.Jobs }) == other && one.Jobs.AsSpan().SequenceEqual(other.Jobs.AsSpan());

    /// <summary>In all that matters after a restart: not in what moves with each report of a card at work.</summary>
    public static bool StandsAlike(ReportedDevice one, ReportedDevice other)
        => IsSame(one with { Probability = other.Probability, LastHealthyUnderLoad = other.LastHealthyUnderLoad }, other);

    /// <summary>The same devices, each the kept one where it says nothing new; the kept list where none does.</summary>
    public static ImmutableArray<ReportedDevice> Merge(ImmutableArray<ReportedDevice> devices, ImmutableArray<ReportedDevice> kept)
    {
        if (devices.Length != kept.Length) return devices;
        var merged = ImmutableArray.CreateBuilder<ReportedDevice>(devices.Length);
        var isSame = true;
        for (var i = 0; i < devices.Length; i++)
        {
            merged.Add(IsSame(devices[i], kept[i]) ? kept[i] : devices[i]);
            isSame &= ReferenceEquals(merged[i], kept[i]);
        }

        return isSame ? kept : merged.MoveToImmutable();
    }
}
