namespace Forewarn.Daemon.Doctor.Site.Checks;

/// <summary>Keys, tokens, certificates: there, read by the controller, by nobody else where they are secret, and good for a while.</summary>
internal static class SiteFileCheck
{
    // Own figure: long enough to renew it in working hours.
    private static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    public static readonly SiteCheck Check = new(Themes.Controller, "files", static facts =>
        facts.Files.Where(static file => file.Kind is SiteFileKind.Secret or SiteFileKind.Certificate).SelectMany(file => Judge(file, facts.As.Name, facts.Now)));

    private static IEnumerable<Finding> Judge(SiteFile file, string user, DateTimeOffset now)
    {
        var where = $"{file.Setting}={file.Path}";
        if (!file.IsThere && !file.IsUsable)
            yield return Finding.Problem($"{where} is not there", file.Setting.EndsWith("SiteKeyFile", StringComparison.Ordinal) ? "docs/fleet.md, Setting it up, makes one" : "put it there, or leave the setting empty");
        else if (!file.IsUsable)
            yield return Finding.Problem($"{where}: {user} cannot read it", $"chgrp {user} {file.Path} && chmod 0640 {file.Path}");
        else if (file.Trouble.Length > 0)
            yield return Finding.Problem($"{where}: {file.Trouble}", "put a PEM file there");
        else if (file.Kind == SiteFileKind.Secret && file.IsOpen)
            yield return Finding.Problem($"{where} can be read by everybody", $"chmod o-r {file.Path}, and make a new one: it may be known");
        else if (file.Until is { } end && end - now < Soon)
            yield return end < now ? Finding.Problem($"{where}: a certificate in it ended on {end:yyyy-MM-dd}", "renew it") : Finding.Warning($"{where}: a certificate in it ends on {end:yyyy-MM-dd}", "renew it");
        else
            yield return Finding.Ok($"{where}: {user} reads it{(file.Kind == SiteFileKind.Secret ? ", not everybody" : "")}{(file.Until is { } until ? $", until {until:yyyy-MM-dd}" : "")}");
    }
}
