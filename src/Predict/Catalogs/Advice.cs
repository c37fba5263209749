using System.Globalization;
using Forewarn.Model;

namespace Forewarn.Predict.Catalogs;

/// <summary>One thing to do, for a person.</summary>
/// <param name="Sentence">What and why.</param>
/// <param name="Command">The command to run, ready to be copied; "" where there is none.</param>
public sealed record Advice(string Sentence, string Command)
{
    /// <summary>What to do about a device, first for the work and then for the device itself; in the words of its maker, where the catalogue has them.</summary>
    /// <param name="device">The device; the node's own for what concerns no single one.</param>
    /// <param name="node">The node's name in the scheduler.</param>
    /// <param name="actions">What is recommended.</param>
    public static IReadOnlyList<Advice> For(Device device, string node, RecommendedActions actions) => For(device, node, actions.Work, [actions.Repair]);

    /// <summary>The same where several findings ask for different repairs: what is lost by a reset or a reboot is kept first, and nothing is told twice.</summary>
    public static IReadOnlyList<Advice> For(Device device, string node, WorkAction work, IEnumerable<RepairAction> repairs)
    {
        var vendor = AdviceCatalog.All.Any(row => row.Vendor == device.Vendor.Name) ? device.Vendor.Name : AdviceCatalog.AnyVendor;
        return
        [
            .. AdviceCatalog.All.Where(row => row.Work == work && row.Vendor == AdviceCatalog.AnyVendor)
                .Concat(repairs.Order().SelectMany(repair => AdviceCatalog.All.Where(row => row.Repair == repair && row.Vendor == vendor)).OrderBy(row => !row.IsFirst))
                .Where(row => CanFill(row, device))
                .Select(row => new Advice(Fill(row.Sentence, device, node), Fill(row.Command, device, node)))
                .DistinctBy(advice => advice.Command.Length > 0 ? advice.Command : advice.Sentence),
        ];
    }

    /// <summary>A command that names what the device has not got would hit another one, or all of them; of the node itself there are no papers.</summary>
    private static bool CanFill(AdviceRow row, Device device)
        => (device.PciAddress.Length > 0 || !row.Command.Contains("{pci}", StringComparison.Ordinal))
        && (device.Id != DeviceId.Node || !row.Command.StartsWith("forewarn report", StringComparison.Ordinal))
        && (device.Index >= 0 || !row.Command.Contains("{index}", StringComparison.Ordinal));

    private static string Fill(string text, Device device, string node) => text
        .Replace("{pci}", device.PciAddress, StringComparison.Ordinal)
        .Replace("{uuid}", device.Id.Value, StringComparison.Ordinal)
        .Replace("{index}", device.Index.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{node}", node, StringComparison.Ordinal);
}
