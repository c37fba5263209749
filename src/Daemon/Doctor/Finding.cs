namespace Forewarn.Daemon.Doctor;

/// <summary>What one check found: a sentence, and where it is not as it should be, what to do (a command or a setting).</summary>
internal sealed record Finding(Severity Severity, string Text, string? Todo = null)
{
    /// <summary>What would be too much for the screen, a line each; null where the text says all.</summary>
    public IReadOnlyList<string>? Details { get; init; }

    public static Finding Ok(string text) => new(Severity.Ok, text);

    public static Finding Note(string text, string todo) => new(Severity.Note, text, todo);

    public static Finding Warning(string text, string todo) => new(Severity.Warning, text, todo);

    public static Finding Problem(string text, string todo) => new(Severity.Problem, text, todo);
}
