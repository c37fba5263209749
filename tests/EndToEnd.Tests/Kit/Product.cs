using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>What <c>make build</c> left.</summary>
internal static class Product
{
    public static string Program => Built("artifacts/forewarn/forewarn");

    public static string SimulatedNode => Built("artifacts/native/forewarn-simnode");

    private static string Built(string file)
    {
        var path = Path.Join(Repository.Root, file);
        return File.Exists(path) ? path : throw new InvalidOperationException($"there is no {path}: run make build");
    }
}
