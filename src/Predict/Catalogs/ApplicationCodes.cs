namespace Forewarn.Predict.Catalogs;

/// <summary>Makers' codes that say something of the program that ran, and nothing of the device.</summary>
public static class ApplicationCodes
{
    /// <summary>Whether this one does; one that the catalogue has not got does not.</summary>
    public static bool Contains(long code) => XidCatalog.Find(code) is { Class: ErrorClass.Application };
}
