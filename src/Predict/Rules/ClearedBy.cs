using System.Globalization;
using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>What would clear an error by code, for a person: its latch says, which the line, the driver's advice or the site may have changed.</summary>
internal static class ClearedBy
{
    /// <summary>In words; null where the sheet's own hold.</summary>
    /// <param name="latch">Of the verdict; null when that has the sheet's.</param>
    /// <param name="stays">How long it must be watched without another one, where nothing needs to heal it.</param>
    /// <param name="isOfSwitch">A switch told it, of which the accelerators on it are a part.</param>
    public static string? Of(Latch? latch, TimeSpan stays, bool isOfSwitch) => latch switch
    {
        Latch.None => $"{Words(stays)} of watching without another one",
        Latch.Reset when isOfSwitch => "a reset of the switch with its accelerators, a reload of the driver, or a reboot",
        Latch.Reset => "a reset of the device, a reload of its driver, a reboot, or the driver's word that nothing is left to do",
        Latch.Reboot => "a reboot of the node",
        Latch.Repair => "another card in the slot, or `forewarn clear` after the maker's diagnosis passed",
        _ => null,
    };

    private static string Words(TimeSpan span) => span switch
    {
        { TotalSeconds: 600 } => "ten minutes",
        { TotalHours: 1 } => "an hour",
        { TotalDays: 1 } => "a day",
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0.#} minutes"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0.#} hours"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalDays:0.#} days"),
    };
}
