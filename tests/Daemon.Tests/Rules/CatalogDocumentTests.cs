using Forewarn.Daemon.Tests.Exporters;

namespace Forewarn.Daemon.Tests.Rules;

public class CatalogDocumentTests
{
    [Fact]
    public void The_page_names_the_sources_that_the_tables_name()
        => Golden.Matches(CatalogDocument.Page, CatalogDocument.Write(File.ReadAllText(Golden.PathOf(CatalogDocument.Page))));

    [Fact]
    public void Every_table_that_the_page_has_names_its_sources()
    {
        var above = File.ReadAllText(Golden.PathOf(CatalogDocument.Page)).Split("## ")[0];
        var tables = above.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(line => line.Split('|')[1].Split(',')).Select(name => name.Trim(' ', '`'));
        Assert.Equal(tables, CatalogDocument.Sources().Select(source => source.Table).Distinct());
        Assert.All(CatalogDocument.Sources(), source => Assert.NotEmpty(source.Source));
    }
}
