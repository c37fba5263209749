using Forewarn.Predict.Catalogs;

namespace Forewarn.Daemon.Configuration;

/// <summary>
/// The sections about error codes. There could be one for each of hundreds of codes, so they are made when a file names them; the documented file
/// describes them by an example.
/// </summary>
internal sealed class ErrorCodeSections
{
    /// <summary>For the documented file.</summary>
    public const string Example = """

        # One error code of the GPU driver, [Xid.N], or of the NVSwitch driver, [Sxid.N]: what this site says of it in place of the catalogue. Its word
        # is the last one; "catalogue" leaves things as the catalogue, the error's own text or the driver's advice has them. As an example:
        #   [Xid.31]
        #   Severity=catalogue   or info, watch, degraded, failing, failed
        #   Work=catalogue       or none, observe, restart-application, drain-when-idle, checkpoint-and-move, stop-now
        #   Repair=catalogue     or none, reset-device, reboot-node, inspect-fabric, inspect-hardware, replace-hardware
        #   Ignore=no            yes: counted and stored, and never judged

        """;

    private readonly SortedDictionary<string, ErrorCodeSettings> _named = new(StringComparer.Ordinal);

    /// <summary>The section of this name, made at its first mention; null when it is not about an error code.</summary>
    public SettingSection? Find(string name)
    {
        if (!ErrorCodeName.TryParse(name, out var code)) return null;
        lock (_named)
        {
            if (!_named.TryGetValue(name, out var known)) _named[name] = known = new ErrorCodeSettings(code);
            return known.Section;
        }
    }

    /// <summary>Those of which anything is set.</summary>
    public IReadOnlyList<SettingSection> Set(SettingValues values)
    {
        lock (_named) return [.. _named.Values.Where(known => known.Bind(values) is not null).Select(known => known.Section)];
    }

    /// <summary>What is in force.</summary>
    public CatalogOverrides Bind(SettingValues values)
    {
        lock (_named)
        {
            var set = _named.Values.Select(known => (known.Name, Override: known.Bind(values))).Where(known => known.Override is not null).ToLookup(known => known.Name.Kind);
            return new(Of(ErrorCodeName.Xid), Of(ErrorCodeName.Sxid));

            IEnumerable<KeyValuePair<int, CatalogOverride>> Of(string kind) => set[kind].Select(known => KeyValuePair.Create(known.Name.Code, known.Override!));
        }
    }
}
