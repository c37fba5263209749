namespace Forewarn.Model;

/// <summary>The maker of a device, as it stands in metric labels: lower case, for example <c>nvidia</c>. Only a source names one.</summary>
/// <param name="Name">Lower-case name; never empty.</param>
public readonly record struct Vendor(string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
