using Forewarn.Model;

namespace Forewarn.Predict.Catalogs;

/// <summary>What one action means in words and as a command.</summary>
/// <param name="Vendor">The maker whose devices it is for; <see cref="AdviceCatalog.AnyVendor"/> for all without rows of their own.</param>
/// <param name="Work">The action for the work; null in a row for the device.</param>
/// <param name="Repair">The action for the device; null in a row for the work.</param>
/// <param name="Sentence">What to do.</param>
/// <param name="Command">The command with {pci}, {uuid}, {index} and {node} to be filled in; "" for none.</param>
public sealed record AdviceRow(string Vendor, WorkAction? Work, RepairAction? Repair, string Sentence, string Command)
{
    /// <summary>It keeps what a reset or a reboot would take away: before any other repair.</summary>
    public bool IsFirst { get; init; }
}
