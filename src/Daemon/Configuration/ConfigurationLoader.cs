namespace Forewarn.Daemon.Configuration;

/// <summary>Files, then drop-ins, then the command line; a later value wins and every error is reported at once.</summary>
internal sealed class ConfigurationLoader(SettingCatalog catalog)
{
    /// <summary>Reads everything anew; called at the start and on reload.</summary>
    public ConfigurationResult Load(ConfigurationPaths paths, IReadOnlyList<ConfigurationOverride> overrides)
    {
        var values = new SettingValues();
        var errors = new List<ConfigurationError>();
        var files = new List<string>();
        foreach (var (file, required) in ConfigurationFiles.Find(paths, errors))
        {
            if (ConfigurationFiles.TryRead(file, required, out var lines, errors))
            {
                files.Add(file);
                errors.AddRange(ApplyFile(file, lines, values));
            }
        }

        foreach (var given in overrides)
        {
            if (!given.TryRead(out var entry))
            {
                errors.Add(new(new(given.Option), $"\"{ShownText.FirstWord(given.Assignment)}\" is not an assignment: write Section.Key=Value"));
            }
            else if (Find(entry.Section, entry.Key) is { IsSecret: true } secret)
            {
                errors.Add(new(entry.Origin, $"every user of the machine can read a command line: set {secret.Key}File instead",
                    entry.Section, entry.Key, entry.Value));
            }
            else
            {
                Apply(entry, values, errors);
            }
        }

        CheckTogether(values, errors);
        errors = errors.ConvertAll(Masked);
        return new() { Options = errors.Count == 0 ? Bind(values) : null, Errors = errors, Values = values, Files = files };
    }

    private IEnumerable<ConfigurationError> ApplyFile(string file, IReadOnlyList<string> lines, SettingValues values)
    {
        var headings = new List<IniHeading>();
        var entries = new List<IniEntry>();
        var errors = new List<ConfigurationError>();
        IniReader.Read(file, lines, headings, entries, errors);
        foreach (var entry in entries)
        {
            Apply(entry, values, errors);
        }

        // A section with keys was told of at the first of them; one without would pass in silence.
        foreach (var heading in headings.Where(heading => catalog.Find(heading.Section) is null))
        {
            AddUnknown(heading.Section, heading.Origin, errors);
        }

        return errors.OrderBy(error => error.Origin.Line);
    }

    // Errors go to terminals and to the journal: a secret, or what a slip of the pen may have made of one, is told without its value.
    private ConfigurationError Masked(ConfigurationError error) => error.Value is not { Length: > 0 } value || error.Key is null
        ? error
        : error with { Value = MayBeSecret(error.Section, error.Key) ? SettingValues.Mask : ShownText.Value(value) };

    private bool MayBeSecret(string? name, string key)
    {
        if (catalog.Find(name) is not { } section) return true;
        if (Find(name, key) is { } setting) return setting.IsSecret;
        var secrets = catalog.Sections.SelectMany(other => other.Settings).Where(other => other.IsSecret).Select(other => other.Key);
        return section.Settings.Any(other => other.IsSecret) || NearestName.Find(key, secrets) is not null;
    }

    private Setting? Find(string? section, string key) => catalog.Find(section)?.Settings.FirstOrDefault(candidate => candidate.Key == key);

    private void Apply(IniEntry entry, SettingValues values, List<ConfigurationError> errors)
    {
        if (catalog.Find(entry.Section) is not { } section)
        {
            AddUnknown(entry.Section, entry.Origin, errors);
            return;
        }

        var setting = section.Settings.FirstOrDefault(candidate => candidate.Key == entry.Key);
        if (setting is null)
        {
            var suggestion = NearestName.Suggest(entry.Key, section.Settings.Select(candidate => candidate.Key));
            errors.Add(new(entry.Origin, $"unknown key{suggestion}", entry.Section, entry.Key, entry.Value));
        }
        else if (setting.TryParse(entry.Value, out var value))
        {
            values.Set(setting, value, entry.Origin);
        }
        else
        {
            errors.Add(new(entry.Origin, $"must be {setting.Allowed}", entry.Section, entry.Key, entry.Value));
        }
    }

    // One error for a section, not one for each of its keys.
    private void AddUnknown(string section, SettingOrigin origin, List<ConfigurationError> errors)
    {
        if (errors.Exists(error => error.Section == section && error.Key is null && error.Origin.Source == origin.Source)) return;
        errors.Add(new(origin, UnknownSection(section), section));
    }

    private string UnknownSection(string name)
    {
        if (ErrorCodeName.IsMeant(name)) return ErrorCodeName.Allowed;
        if (ContractSections.IsMeant(name)) return ContractSections.Allowed;
        const string source = "Source.";
        const string rule = "Rule.";
        var suggestion = NearestName.Suggest(name, catalog.Sections.Select(section => section.Name));
        if (name.StartsWith(source, StringComparison.Ordinal))
            return $"there is no source \"{name[source.Length..]}\"{suggestion}; there are: {string.Join(", ", catalog.Sources.Select(known => known.Name))}";
        return name.StartsWith(rule, StringComparison.Ordinal) ? $"there is no rule \"{name[rule.Length..]}\"{suggestion}" : $"unknown section{suggestion}";
    }

    private void CheckTogether(SettingValues values, List<ConfigurationError> errors)
    {
        InfluxSettings.Check(values, errors);
        FleetSettings.Check(values, errors);
        ReportSettings.Check(values, errors);
        catalog.Contracts.Check(values, RecoveryOptions.BoundsFrom(values), errors);
        if (values.Get(SettingCatalog.Slow) >= values.Get(SettingCatalog.Fast))
        {
            return;
        }

        // Blame the one that somebody set: Slow=30s in a file, or Fast when Slow is still the default.
        var blamed = values.Origin(SettingCatalog.Slow) == SettingOrigin.Default ? SettingCatalog.Fast : SettingCatalog.Slow;
        var message = blamed == SettingCatalog.Slow
            ? $"must not be below Fast, which is {values.Text(SettingCatalog.Fast)} ({values.Origin(SettingCatalog.Fast)})"
            : $"must not be above Slow, which is {values.Text(SettingCatalog.Slow)} ({values.Origin(SettingCatalog.Slow)})";
        errors.Add(new(values.Origin(blamed), message, "Sampling", blamed.Key, values.Text(blamed)));
    }

    private ForewarnOptions Bind(SettingValues values) => new()
    {
        Agent = AgentOptions.From(values),
        Sampling = SamplingOptions.From(values),
        Sources = catalog.Sources.ToDictionary(source => source.Name, source => source.Bind(values)),
        KernelLog = KernelLogOptions.From(values),
        ErrorCodes = catalog.ErrorCodes.Bind(values),
        Influx = InfluxOptions.From(values),
        Events = EventOptions.From(values),
        Simulation = SimulationOptions.From(values),
        Rules = catalog.RuleSections.ToDictionary(rule => rule.Name, rule => rule.Bind(values, values.Get(SettingCatalog.RuleModeForAll))),
        Prometheus = PrometheusOptions.From(values),
        Slurm = SlurmOptions.From(values),
        Fleet = FleetOptions.From(values),
        Reports = ReportOptions.From(values),
        Recovery = RecoveryOptions.From(values, catalog.Contracts.Bind(values)),
        Topology = TopologyOptions.From(values),
    };
}
