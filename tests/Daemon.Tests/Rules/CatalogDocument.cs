using System.Text;
using Forewarn.Predict.Catalogs;

namespace Forewarn.Daemon.Tests.Rules;

/// <summary>The end of docs/error-codes.md, which is written from the tables: how many rows each has, and who has them. What is above it a person wrote.</summary>
internal static class CatalogDocument
{
    public const string Page = "docs/error-codes.md";

    private const string Title = "## Where it comes from\n";

    /// <summary>Each source of each table.</summary>
    public static IEnumerable<(string Table, string Rows, string Source)> Sources()
    {
        foreach (var group in XidCatalog.All.GroupBy(row => row.Source)) yield return ("XidCatalog", Rows(group.Count()), group.Key);
        foreach (var group in SxidCatalog.All.GroupBy(row => row.Source)) yield return ("SxidCatalog", Rows(group.Count()), group.Key);
        foreach (var group in RecoveryActionCatalog.All.GroupBy(row => row.Source)) yield return ("RecoveryActionCatalog", Rows(group.Count()), group.Key);
        yield return ("NvLink5Catalog", "all", NvLink5Catalog.Source);
        yield return ("Xid74Registers", "all", Xid74Registers.Source);
        yield return ("Sympathetic", "all", Sympathetic.Source);
        foreach (var group in CancelPairs.All.GroupBy(pair => pair.Source)) yield return ("CancelPairs", Rows(group.Count()), group.Key);
        yield return ("AdviceCatalog", "all", AdviceCatalog.Source);
    }

    /// <summary>The page with its end as the tables have it now.</summary>
    public static string Write(string before)
    {
        var cut = before.IndexOf(Title, StringComparison.Ordinal);
        var text = new StringBuilder((cut < 0 ? before : before[..cut]).TrimEnd('\n')).Append("\n\n").Append(Title);
        text.Append("\nWritten from the tables by `make docs`.\n\n").Header("table", "rows", "from");
        foreach (var (table, rows, source) in Sources()) text.Row($"`{table}`", rows, source);
        return text.ToString();
    }

    private static string Rows(int count) => count.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
