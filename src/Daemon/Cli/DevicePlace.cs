using System.Globalization;

namespace Forewarn.Daemon.Cli;

/// <summary>The index by which people know a device: <c>7</c> for a card, <c>7:3</c> for part 3 of card 7, both counted from 0.</summary>
internal static class DevicePlace
{
    public static string OfCard(int? index) => index?.ToString(CultureInfo.InvariantCulture) ?? Quantity.Unknown;

    public static string OfPart(int? card, int? index) => $"{OfCard(card)}:{OfCard(index)}";
}
