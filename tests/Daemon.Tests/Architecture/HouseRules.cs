using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Forewarn.Daemon.Tests.Architecture;

/// <summary>Who may know whom (docs/architecture.md), and how files may be called and how long they may be.</summary>
internal static class HouseRules
{
    private static readonly Dictionary<string, string[]> Assemblies = new()
    {
        ["Forewarn.Model"] = [],
        ["Forewarn.Interop"] = [],
        ["Forewarn.Predict"] = ["Forewarn.Model"],
        ["Forewarn.Controller"] = ["Forewarn.Model", "Forewarn.Predict"],
        ["Forewarn.FleetSim"] = ["Forewarn.Model", "Forewarn.Controller"],
    };

    private static readonly (string Who, string[] DoesNotKnow)[] Namespaces =
    [
        ("Sources", ["Exporters", "Feeds", "Api", "Controller"]),
        ("Exporters", ["Sources", "Interop"]),
    ];

    private static readonly string[] Seams = ["IDeviceSource", "IExporter", "IHealthFeed", "IScheduler", "ITopologyProvider", "ICheckpointer"];

    /// <summary>What Slurm and Kubernetes are called in the field.</summary>
    private const string FieldsWord = "WorkloadManager";

    private static readonly string[] EmptyNames = ["Utils", "Utilities", "Helper", "Helpers", "Common", "Manager"];

    public static IEnumerable<string> BetweenAssemblies(string assembly, string name)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
            .Where(reference => reference.StartsWith("Forewarn", StringComparison.OrdinalIgnoreCase) && !Assemblies[name].Contains(reference))
            .Select(reference => $"{name} knows {reference}")];
    }

    /// <summary>The rules inside one assembly whose houses lie below the namespace <paramref name="root"/>.</summary>
    public static IEnumerable<string> InsideDaemon(string assembly, string root, string houses)
    {
        var types = TypeReferences.Read(assembly).Where(type => type.Name.StartsWith(root + ".", StringComparison.Ordinal)).ToList();
        var concrete = types.Where(type => type.Interfaces.Any(seam => Seams.Contains(Last(seam)))).Select(type => type.Name).ToHashSet();
        foreach (var type in types)
        {
            var forbidden = Namespaces.Where(rule => Below(type.Name, $"{root}.{rule.Who}"))
                .SelectMany(rule => rule.DoesNotKnow)
                .SelectMany(house => type.Named.Where(name => Below(name, $"{root}.{house}") || Below(name, $"{houses}.{house}")));
            var mayName = Below(type.Name, root + ".Roles") || type.Name.EndsWith("Registry", StringComparison.Ordinal);
            var composed = mayName ? [] : type.Named.Where(name => concrete.Contains(name) && !Below(type.Name, Space(name)));
            foreach (var name in forbidden.Union(composed))
            {
                yield return $"{type.Name} knows {name}";
            }
        }
    }

    public static IEnumerable<string> Files(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(folder, file);
            if (File.ReadLines(file).Count() is var lines and > 400)
            {
                yield return $"{path} has {lines} lines";
            }

            if (path.Split('/', '.').Any(part => part != FieldsWord && EmptyNames.Any(name => part.EndsWith(name, StringComparison.Ordinal))))
            {
                yield return $"{path} has a name that says nothing";
            }
        }
    }

    private static bool Below(string name, string space) => name.StartsWith(space + ".", StringComparison.Ordinal);

    private static string Space(string name) => name[..name.LastIndexOf('.')];

    private static string Last(string name) => name[(name.LastIndexOf('.') + 1)..];
}
