using Forewarn.Predict.Rules;

namespace Forewarn.Daemon.Configuration;

/// <summary>The rows of one rule's section, made from its sheet.</summary>
internal sealed class RuleKeys
{
    private readonly RuleSheet _sheet;
    private readonly Setting<RuleMode> _mode;
    private readonly Setting<double>[] _thresholds;

    public RuleKeys(RuleSheet sheet)
    {
        _sheet = sheet;
        _mode = new("Mode", SettingTypes.RuleMode, sheet.Mode,
            "Whether the rule counts; observe: it is told and stored, and changes no state; off: it is not asked.");
        _thresholds = [.. sheet.Numbers.Select(Row)];
        Section = new("Rule." + sheet.Name, $"{sheet.Title}. {sheet.Doc}", [_mode, .. _thresholds]);
    }

    /// <summary>The rule's name.</summary>
    public string Name => _sheet.Name;

    /// <summary>The section.</summary>
    public SettingSection Section { get; }

    /// <summary>What is in force: the rule's own mode where it was set, else what holds for all.</summary>
    public RuleSettings Bind(SettingValues values, RuleMode? forAll)
    {
        var mode = values.Origin(_mode) == SettingOrigin.Default && forAll is { } all ? all : values.Get(_mode);
        return new(mode, _sheet.Numbers.Zip(_thresholds, (threshold, row) => KeyValuePair.Create(threshold, values.Get(row))).Where(set => set.Value != set.Key.Default));
    }

    private static Setting<double> Row(Threshold threshold)
    {
        var unit = threshold.Unit.Length == 0 ? "" : $" In {threshold.Unit}.";
        return new(threshold.Name, SettingTypes.Number(threshold.Least, threshold.Most), threshold.Default,
            $"{threshold.Doc.TrimEnd('.')}.{unit} The default comes from: {threshold.Origin.TrimEnd('.')}.");
    }
}
