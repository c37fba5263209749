namespace Forewarn.Daemon.Configuration;

/// <summary>Finds and reads the files. Only absence is forgiven: a file that is there and cannot be read is an error.</summary>
internal static class ConfigurationFiles
{
    /// <summary>The file and its drop-ins in the order of their names; each with whether its absence is an error.</summary>
    public static IReadOnlyList<(string File, bool Required)> Find(ConfigurationPaths paths, List<ConfigurationError> errors)
    {
        List<(string, bool)> found = [(paths.File, paths.Required)];
        try
        {
            // Editors leave ".x.conf.swp" and the like beside a file: as in a shell, "*.conf" means no dot in front.
            found.AddRange(Directory.EnumerateFiles(paths.DropIns, "*.conf")
                .Where(file => !Path.GetFileName(file).StartsWith('.'))
                .Order(StringComparer.Ordinal)
                .Select(file => (file, true)));
        }
        catch (DirectoryNotFoundException)
        {
            // The common case.
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            errors.Add(new(new(paths.DropIns), "cannot be listed: " + Reason(refused)));
        }

        return found;
    }

    /// <summary>The lines of one file.</summary>
    public static bool TryRead(string file, bool required, out IReadOnlyList<string> lines, List<ConfigurationError> errors)
    {
        lines = [];
        try
        {
            lines = File.ReadAllLines(file);
            return true;
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            if (required)
            {
                errors.Add(new(new(file), "no such file"));
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            errors.Add(new(new(file), "cannot be read: " + Reason(refused)));
        }

        return false;
    }

    // The framework's own texts are trimmed away (UseSystemResourceKeys); what the kernel says of an I/O error is not.
    private static string Reason(Exception refused) =>
        refused is UnauthorizedAccessException ? "permission denied, or not a file" : refused.Message;
}
