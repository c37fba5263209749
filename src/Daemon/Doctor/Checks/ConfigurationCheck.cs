using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>Every error that <c>forewarn config check</c> names.</summary>
internal static class ConfigurationCheck
{
    public static readonly DoctorCheck Check = new(Themes.Program, "configuration", patient => Judge(patient.Configuration));

    public static IEnumerable<Finding> Judge(ConfigurationResult result)
    {
        foreach (var error in result.Errors) yield return Finding.Problem($"{error}", "mend it, then: forewarn config check");
        if (result.Errors.Count == 0)
            yield return Finding.Ok(result.Files.Count == 0 ? "good: no file, all is default" : $"good: {string.Join(", ", result.Files)}");
    }
}
