namespace Forewarn.Daemon.Configuration;

/// <summary>The rows of one source's section; every source has the same keys, and its own library.</summary>
internal sealed class SourceSettings(SourceDeclaration source)
{
    private static readonly TimeSpan LeastDeadline = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MostDeadline = TimeSpan.FromSeconds(60);

    private readonly Setting<bool> _enabled = new(
        "Enabled", SettingTypes.Boolean, true, "Whether this source is read.");

    private readonly Setting<string> _library = new(
        "Library", SettingTypes.Library, source.Library, "The vendor's library. A bare name is looked up as the dynamic linker does.");

    private readonly Setting<TimeSpan> _deadline = new(
        "Deadline",
        SettingTypes.Duration(LeastDeadline, MostDeadline),
        TimeSpan.FromSeconds(1),
        "How long the fast calls on one device may take before they count as hung.");

    private readonly Setting<TimeSpan> _slowDeadline = new(
        "SlowDeadline",
        SettingTypes.Duration(LeastDeadline, TimeSpan.FromMinutes(10)),
        TimeSpan.FromSeconds(10),
        "The same for calls that read the card's InfoROM, which take seconds on some cards.");

    private readonly Setting<TimeSpan> _startDeadline = new(
        "StartDeadline",
        SettingTypes.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
        TimeSpan.FromSeconds(60),
        "How long loading the library and finding the devices may take; without persistence mode the driver wakes every card.");

    private readonly Setting<bool> _profiling = new(
        "Profiling",
        SettingTypes.Boolean,
        false,
        "Whether performance counters (NVIDIA: GPM, Hopper and later) are read each second. They cost more than all other fast calls together.");

    private readonly Setting<int?> _expected = new(
        "Expected", SettingTypes.DeviceCount, (int?)null, "How many devices this node should have; auto expects those that were found once.");

    /// <summary>The section.</summary>
    public SettingSection Section => new(
        "Source." + source.Name,
        $"The source \"{source.Name}\": a vendor's library, read in a process of its own.",
        [_enabled, _library, _deadline, _slowDeadline, _startDeadline, _profiling, _expected]);

    internal string Name => source.Name;

    internal SourceOptions Bind(SettingValues values) => new()
    {
        Name = source.Name,
        Enabled = values.Get(_enabled),
        Library = values.Get(_library),
        Deadline = values.Get(_deadline),
        SlowDeadline = values.Get(_slowDeadline),
        StartDeadline = values.Get(_startDeadline),
        Profiling = values.Get(_profiling),
        Expected = values.Get(_expected),
    };
}
