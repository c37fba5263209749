namespace Forewarn.Daemon.Cli;

/// <summary>The answer of <c>simulate profiles --json</c> and <c>scenarios --json</c>.</summary>
internal sealed record SimulationNames(IReadOnlyList<SimulationName> Names);

/// <summary>One of them, and what the first comment of its file says.</summary>
internal sealed record SimulationName(string Name, string What);

/// <summary>The answer of <c>simulate check --json</c>: each error as <c>file:line:column: text</c>.</summary>
internal sealed record ScenarioCheck(bool Valid, IReadOnlyList<string> Errors);
